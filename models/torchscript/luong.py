# Luong et al. 2015: attention after the recurrence; with input feeding the attentional vector joins
# the next step's input.


def attend(self, inputs: Tensor, memory: List[Tensor],
           state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    beside: List[Tensor] = []
    top, last = self.layers.forward(inputs, beside, state)
    context, weights = self.attention.forward(top, memory)
    return self.readout([top, context]), weights, last


def decode(self, tokens: Tensor, memory: List[Tensor],
           state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    embedded = self.embedding.forward(tokens)
    if self.feed_size == 0:
        return self.attend(embedded, memory, state)
    features: List[Tensor] = []
    attention: List[Tensor] = []
    for inputs in embedded.split(1):
        fed = torch.cat([inputs, state[-1].unsqueeze(0)], -1)
        feature, weights, last = self.attend(fed, memory, state[:-1])
        state = last + [feature.squeeze(0)]
        features.append(feature)
        attention.append(weights)
    return torch.cat(features), torch.cat(attention), state
