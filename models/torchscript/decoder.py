# What all decoders share; gnmt.py, luong.py, bahdanau.py, vanilla.py add
# decode(tokens [time, rows], memory, state) -> features [time, rows, features], attention
# [time, rows, source_time], state.


# states [source_time, batch, memory], last [batch, memory], mask [source_time, batch].
def remember(self, states: Tensor, last: Tensor, mask: Tensor) -> List[Tensor]:
    if hasattr(self, "attention"):
        return self.attention.remember(states, mask)
    return [last.unsqueeze(1)]


# For each layer hidden and, in an LSTM, cell, [batch, hidden] each; then luong's fed vector.
def initial_state(self, states: Tensor, last: Tensor, mask: Tensor) -> List[Tensor]:
    zeros = torch.zeros([last.size(0), self.hidden_size], dtype=torch.float32)
    hidden = [zeros for layer in range(self.num_layers)]
    if hasattr(self, "bridge"):
        summary = last
        if self.bridges_mean:
            real = mask.unsqueeze(-1).to(torch.float32)
            summary = (states * real).sum(0) / real.sum(0)
        hidden = torch.tanh(self.bridge.forward(summary)).chunk(self.num_layers, 1)
    state: List[Tensor] = []
    for layer in hidden:
        state.append(layer.contiguous())
        if self.has_cell:
            state.append(zeros)
    if self.feed_size > 0:
        state.append(torch.zeros([last.size(0), self.feed_size], dtype=torch.float32))
    return state


# A tanh only where the output layer is not the embedding.
def readout(self, parts: List[Tensor]) -> Tensor:
    features = self.readout_layer.forward(torch.cat(parts, -1))
    return torch.tanh(features) if self.squashes else features
