# Bahdanau et al. 2015: the previous top state asks, the answer joins the step's input.
def decode(self, tokens: Tensor, memory: List[Tensor],
           state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    embedded = self.embedding.forward(tokens)
    beside: List[Tensor] = []
    tops: List[Tensor] = []
    contexts: List[Tensor] = []
    attention: List[Tensor] = []
    for inputs in embedded.split(1):
        query = state[len(state) - self.state_size].unsqueeze(0)
        context, weights = self.attention.forward(query, memory)
        top, state = self.layers.forward(torch.cat([inputs, context], -1), beside, state)
        tops.append(top)
        contexts.append(context)
        attention.append(weights)
    features = self.readout([torch.cat(tops), torch.cat(contexts), embedded])
    return features, torch.cat(attention), state
