# One layer: `ahead`, with `back` beside it in a bidirectional encoder, below `above`.


# Rows of [time * batch, dim] in another order, as [time, batch, dim].
def reorder(self, sequence: Tensor, rows: Tensor) -> Tensor:
    return sequence.reshape([-1, sequence.size(2)]).index_select(0, rows).view(sequence.size())


def forward(self, inputs: Tensor, reversed_rows: Tensor,
            final_rows: Tensor) -> Tuple[Tensor, Tensor]:
    states = self.ahead.forward(inputs, [])[0]
    last = states.reshape([-1, states.size(2)]).index_select(0, final_rows)
    if hasattr(self, "back"):
        # In reversed order a sentence's first token comes last, at length - 1 as well.
        back = self.back.forward(self.reorder(inputs, reversed_rows), [])[0]
        back_last = back.reshape([-1, back.size(2)]).index_select(0, final_rows)
        last = torch.cat([last, back_last], -1)
        states = torch.cat([states, self.reorder(back, reversed_rows)], -1)
    if self.residual:
        states = states + inputs
    if hasattr(self, "above"):
        return self.above.forward(states, reversed_rows, final_rows)
    return states, last
