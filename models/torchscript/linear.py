# weight [to, from], bias [to] or None; products in the weight's type, results in float32.


def forward(self, inputs: Tensor) -> Tensor:
    return torch.linear(inputs.to(self.weight.dtype), self.weight, self.bias).to(torch.float32)
