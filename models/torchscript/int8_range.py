# Whether two products of 8 bits overflow on this processor, which without VNNI adds them in 16:
# activations must then have 7 bits. Tried out, since a script cannot ask what the processor has.
def saturates(self) -> bool:
    values = torch.full([16, 64], 127, dtype=torch.int8)
    ones = torch.ones([16], dtype=torch.float32)
    zero_points = torch.zeros([16], dtype=torch.long)
    weight = torch._make_per_channel_quantized_tensor(values, ones, zero_points, 0)
    packed = torch.ops.quantized.linear_prepack(weight, None)
    inputs = torch.ones([1, 64], dtype=torch.float32)
    sums = torch.ops.quantized.linear_dynamic(inputs, packed, False)
    return float(sums.min()) < 0.99 * 127.0 * 64.0
