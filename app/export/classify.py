# The methods of an exported classifier. Lines are any bytes without line breaks; N lines in are N
# answers out, in order. A line of more than max_length pieces is read in windows whose logits are
# averaged by their shares; an empty line is </s> alone. Settings that may be changed between calls
# are attributes: temperature, threshold, batch_size (pieces at once), max_length, window_overlap.


def classify(self, lines: List[str]) -> List[Tuple[str, float]]:
    """The answer to each line as `rondo classify` prints it, and its probability: of classes and
    ordinal labels the label; of multi_label all labels from the threshold on, joined, with the
    least of their probabilities (0 where there is none); of a value the number as text and as it
    is."""
    answers: List[Tuple[str, float]] = []
    if len(lines) == 0:
        return answers
    table: List[List[float]] = self.probabilities(lines).tolist()
    for row in table:
        answers.append(self.answer(row))
    return answers


def probabilities(self, lines: List[str]) -> Tensor:
    """[lines, labels] float32: softmax, sigmoid or ordinal probabilities of logits / temperature;
    of a value [lines, 1], the value."""
    logits = self.logits(lines)
    scaled = logits.to(torch.float64) / self.temperature
    if self.targets == "classes":
        return torch.softmax(scaled, -1).to(torch.float32)
    if self.targets == "multi_label":
        return torch.sigmoid(scaled).to(torch.float32)
    if self.targets == "ordinal":
        # Output i is the logit of "above label i", made to fall with i.
        above = torch.cummin(torch.sigmoid(scaled.to(torch.float32)), 1)[0]
        one = torch.ones([logits.size(0), 1], dtype=torch.float32)
        return torch.cat([one, above], 1) - torch.cat([above, torch.zeros_like(one)], 1)
    return logits


def logits(self, lines: List[str]) -> Tensor:
    """[lines, outputs] float32, before the temperature."""
    windows: List[List[int]] = []
    owners: List[int] = []    # [windows], the line each is of
    shares: List[float] = []  # [windows], in the line's logits
    for line in range(len(lines)):
        self.add_windows(self.tokenizer.encode(lines[line]), line, windows, owners, shares)
    order = self.by_length(windows, True)
    logits = torch.zeros([len(lines), self.outputs], dtype=torch.float32)
    if len(order) == 0:
        return logits
    found = self.window_logits(windows, order)
    weighted = found * torch.tensor([shares[i] for i in order], dtype=torch.float32).unsqueeze(1)
    rows = torch.tensor([owners[i] for i in order], dtype=torch.long)
    return logits.index_add(0, rows, weighted)


def labels(self) -> List[str]:
    """The labels in the order of the columns of probabilities; none where the answer is a value."""
    return self.label_names


def forward(self, tokens: Tensor, lengths: Tensor) -> Tensor:
    """tokens [time, batch] int64, each text ended by </s> (3), then filled with <pad> (0); lengths
    [batch] int64, </s> counted -> logits [batch, outputs] float32."""
    return self.network.forward(tokens, lengths)


def answer(self, row: List[float]) -> Tuple[str, float]:
    if self.targets == "value":
        return "%f" % row[0], row[0]
    if self.targets == "multi_label":
        named: List[str] = []
        least = 1.0
        for i in range(len(row)):
            if row[i] >= self.threshold:
                named.append(self.label_names[i])
                least = min(least, row[i])
        return self.label_separator.join(named), least if len(named) > 0 else 0.0
    best = 0
    if len(row) == 2:
        best = 1 if row[1] >= self.threshold else 0
    else:
        for i in range(len(row)):
            if row[i] > row[best]:
                best = i
    return self.label_names[best], row[best]


def add_windows(self, ids: List[int], line: int, windows: List[List[int]], owners: List[int],
                shares: List[float]) -> None:
    """Cuts one line as app/decoding/text_windows.cpp: a window's share is of the pieces that none
    before it has."""
    longest = max(self.max_length, 1)
    overlap = min(max(self.window_overlap, 0), longest - 1)
    begin = 0
    covered = -1  # an empty line has a window, too
    while covered < len(ids):
        end = min(begin + longest, len(ids))
        windows.append(ids[begin:end])
        owners.append(line)
        shares.append(float(end - max(covered, 0)) / len(ids) if len(ids) > longest else 1.0)
        covered = end
        begin += longest - overlap


def window_logits(self, windows: List[List[int]], order: List[int]) -> Tensor:
    """[windows, outputs] in the given order, longest first: as many at once as fit in batch_size
    pieces when padded to the first of them, and at most 1,024."""
    logits: List[Tensor] = []
    begin = 0
    while begin < len(order):
        time = len(windows[order[begin]]) + 1
        most = min(max(self.batch_size // time, 1), 1024)
        tokens, lengths = self.padded(windows, order[begin:begin + most], [], [3])
        logits.append(self.network.forward(tokens, lengths))
        begin += most
    return torch.cat(logits)
