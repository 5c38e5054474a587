# A simple recurrence over two int8_linear modules, from_input and from_state.


def forward(self, inputs: Tensor, state: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    products = self.from_input.forward(inputs)
    hidden = torch.zeros([inputs.size(1), products.size(2)], dtype=torch.float32)
    if len(state) > 0:
        hidden = state[0]
    states: List[Tensor] = []
    for product in products.unbind(0):
        gate = product + self.from_state.forward(hidden)
        hidden = torch.relu(gate) if self.relu else torch.tanh(gate)
        states.append(hidden)
    return torch.stack(states), [hidden]
