# From token ids to the padded tensors that a network reads; shared by translators and classifiers.


def padded(self, lines: List[List[int]], order: List[int], first: List[int],
           last: List[int]) -> Tuple[Tensor, Tensor]:
    """The chosen lines, each between first and last, then <pad> (0): tokens [time, batch] and
    lengths [batch] int64."""
    flat: List[int] = []
    lengths: List[int] = []
    for i in order:
        flat.extend(first)
        flat.extend(lines[i])
        flat.extend(last)
        lengths.append(len(first) + len(lines[i]) + len(last))
    # A tensor of a flat list is made in a third of the time of one of lists of lists.
    sizes = torch.tensor(lengths, dtype=torch.long)
    real = torch.arange(max(lengths)) < sizes.unsqueeze(1)  # [batch, time]
    tokens = torch.zeros(real.size(), dtype=torch.long)
    tokens = tokens.masked_scatter(real, torch.tensor(flat, dtype=torch.long))
    return tokens.t().contiguous(), sizes


def by_length(self, lines: List[List[int]], longest_first: bool) -> List[int]:
    """The places of the lines in the order of their lengths, equal ones in their own order."""
    lengths = torch.tensor([len(line) for line in lines], dtype=torch.long)
    order: List[int] = torch.sort(lengths, stable=True, dim=0, descending=longest_first)[1].tolist()
    return order
