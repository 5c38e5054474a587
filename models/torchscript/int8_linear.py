# values [to, from] int8, scales [to], bias [to] or None: what the file holds. Loading packs them
# into what fbgemm reads.


def pack(self) -> None:
    self.narrow = self.saturates()
    zero_points = torch.zeros([self.scales.size(0)], dtype=torch.long)
    weight = torch._make_per_channel_quantized_tensor(self.values, self.scales, zero_points, 0)
    self.packed = torch.ops.quantized.linear_prepack(weight, self.bias)


def __getstate__(self) -> Tuple[Tensor, Tensor, Optional[Tensor], bool]:
    return (self.values, self.scales, self.bias, self.training)


def __setstate__(self, state: Tuple[Tensor, Tensor, Optional[Tensor], bool]) -> None:
    self.values = state[0]
    self.scales = state[1]
    self.bias = state[2]
    self.training = state[3]
    self.pack()


def forward(self, inputs: Tensor) -> Tensor:
    packed = self.packed
    assert packed is not None, "the weights are not packed"
    return torch.ops.quantized.linear_dynamic(inputs, packed, self.narrow)
