# Shapes and meaning: networks.h.


def start(self, tokens: Tensor, lengths: Tensor) -> Tuple[List[Tensor], List[Tensor]]:
    states, last, mask = self.encoder.forward(tokens, lengths)
    return (self.decoder.remember(states, last, mask),
            self.decoder.initial_state(states, last, mask))


def check_target(self, tokens: Tensor, memory: List[Tensor], state: List[Tensor]) -> None:
    assert tokens.dtype == torch.long, "tokens must be int64"
    assert len(memory) > 0 and len(state) > 0, "memory and state are those that start returned"
    assert tokens.size(-1) == state[0].size(0), "tokens must be as many as the rows of the state"
    assert tokens.numel() > 0 and tokens.size(-1) % memory[0].size(0) == 0, (
        "the rows must be a multiple of the sentences in memory")
    assert int(tokens.min()) >= 0, "a token id is outside the vocabulary"
    assert int(tokens.max()) < self.decoder.embedding.vocabulary(), (
        "a token id is outside the vocabulary")


def step(self, tokens: Tensor, memory: List[Tensor],
         state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    assert tokens.dim() == 1, "tokens must be [rows]"
    self.check_target(tokens, memory, state)
    features, attention, state = self.decoder.decode(tokens.unsqueeze(0), memory, state)
    return self.decoder.output.forward(features.squeeze(0)), attention.squeeze(0), state


def select_memory(self, memory: List[Tensor], sentences: Tensor) -> List[Tensor]:
    return [part.index_select(0, sentences) for part in memory]


def select_state(self, state: List[Tensor], rows: Tensor) -> List[Tensor]:
    return [part.index_select(0, rows) for part in state]


def forward(self, source: Tensor, lengths: Tensor, target_in: Tensor) -> Tensor:
    assert target_in.dim() == 2, "target_in must be [time, batch]"
    memory, state = self.start(source, lengths)
    self.check_target(target_in, memory, state)
    features, attention, state = self.decoder.decode(target_in, memory, state)
    return self.decoder.output.forward(features)
