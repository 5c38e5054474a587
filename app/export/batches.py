# From token ids to the padded tensors that a network reads; shared by translators and classifiers.


def padded(self, lines: List[List[int]], order: List[int], first: List[int],
           last: List[int]) -> Tuple[Tensor, Tensor]:
    """The chosen lines, each between first and last, then <pad> (0): tokens [time, batch] and
    lengths [batch] int64."""
    rows = [first + lines[i] + last for i in order]
    lengths = [len(row) for row in rows]
    time = max(lengths)
    filled = [row + [0] * (time - len(row)) for row in rows]
    tokens = torch.tensor(filled, dtype=torch.long).t().contiguous()
    return tokens, torch.tensor(lengths, dtype=torch.long)


def by_length(self, lines: List[List[int]], longest_first: bool) -> List[int]:
    """The places of the lines in the order of their lengths, equal ones in their own order."""
    lengths = torch.tensor([len(line) for line in lines], dtype=torch.long)
    order: List[int] = torch.sort(lengths, stable=True, dim=0, descending=longest_first)[1].tolist()
    return order
