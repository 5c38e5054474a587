# One LSTM or GRU layer; int8_lstm.py, int8_gru.py run it. The file holds rows of int8 values with
# their scales; loading packs them into the cell that LibTorch's quantised layers read.


def packed_linear(self, values: Tensor, scales: Tensor, bias: Tensor):
    zero_points = torch.zeros([scales.size(0)], dtype=torch.long)
    weight = torch._make_per_channel_quantized_tensor(values, scales, zero_points, 0)
    return torch.ops.quantized.linear_prepack(weight, bias)


def pack(self) -> None:
    self.cell = torch.ops.quantized.make_quantized_cell_params_dynamic(
        self.packed_linear(self.values_ih, self.scales_ih, self.bias_ih),
        self.packed_linear(self.values_hh, self.scales_hh, self.bias_hh),
        self.bias_ih, self.bias_hh, self.saturates())


def __getstate__(self) -> Tuple[List[Tensor], bool]:
    tensors = [self.values_ih, self.scales_ih, self.bias_ih,
               self.values_hh, self.scales_hh, self.bias_hh]
    return (tensors, self.training)


def __setstate__(self, state: Tuple[List[Tensor], bool]) -> None:
    tensors = state[0]
    self.values_ih = tensors[0]
    self.scales_ih = tensors[1]
    self.bias_ih = tensors[2]
    self.values_hh = tensors[3]
    self.scales_hh = tensors[4]
    self.bias_hh = tensors[5]
    self.training = state[1]
    self.pack()


# As in recurrent.py; one step is a sequence of one, since LibTorch's separate cells round the
# inputs to 7 bits.
def forward(self, inputs: Tensor, state: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    start = [part.unsqueeze(0) for part in state]
    if len(state) == 0:
        zeros = torch.zeros([1, inputs.size(1), self.values_hh.size(1)], dtype=torch.float32)
        start = [zeros, zeros]
    return self.sequence(inputs, start)
