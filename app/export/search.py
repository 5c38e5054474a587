# Beam search over a batch of sentences at once, methods of an exported translator: the algorithm,
# the arithmetic and the choice among equals of app/decoding/beam.cpp and finish_rule.cpp. Beam 1 is
# greedy.
#
# sentences = those still searched, width = live hypotheses a sentence, rows = sentences * width,
# those of a sentence side by side. A hypothesis that ended is (score, step, row, cut): the tokens
# it has, </s> not counted, its row among those scored at that step, and whether it was stopped by
# the length limit. Special tokens: 0 <pad>, 1 <unk>, 2 <s>, 3 </s>.


def checked_beam(self, beam_size: Optional[int], n_best: int) -> int:
    beam = self.beam_size if beam_size is None else beam_size
    assert beam >= 1, "beam_size must be at least 1, but is " + str(beam)
    assert n_best >= 1, "n_best must be at least 1, but is " + str(n_best)
    assert n_best <= beam, "n_best is " + str(n_best) + ", more than beam_size, " + str(beam)
    return beam


def search(self, tokens: Tensor, lengths: Tensor, beam: int, n_best: int,
           with_attention: bool) -> List[List[Tuple[List[int], float, Tensor]]]:
    """tokens [time, batch] and lengths [batch] int64, </s> counted. A list a sentence, best first:
    ids without </s>, score, and attention [ids + </s>, source tokens] (of no rows unless asked
    for). Fewer than n_best where vocabulary and limits allow no more."""
    memory, state = self.network.start(tokens, lengths)  # checks both
    batch = tokens.size(1)
    shortest, longest = self.length_limits(lengths)
    active = [i for i in range(batch)]  # the sentences still searched, by their place in the batch
    kept: List[List[Tuple[float, int, int, bool]]] = [self.no_endings() for _ in range(batch)]
    ended = [0] * batch  # with </s>, kept or not
    last = torch.full([batch], 2, dtype=torch.long)  # [rows]
    totals = torch.zeros([batch, 1], dtype=torch.float64)  # log-probabilities
    mask = torch.arange(tokens.size(0)) < lengths.view([batch, 1, 1])
    received = torch.zeros([0])  # attention so far [sentences, width, time]
    history = last.view([batch, 1]).narrow(1, 0, 0)  # [rows, tokens so far], for n-grams only
    chosen: List[Tensor] = []      # [rows] a step: the token,
    parents: List[Tensor] = []     # and the row of the step before
    attentions: List[Tensor] = []  # [rows, source time] a step
    while len(active) > 0:
        step = len(chosen)
        logits, attention, state = self.network.step(last, memory, state)
        if with_attention and attention.size(1) > 0:
            attentions.append(attention)
        received = self.with_paid(received, attention, totals)
        log_probs = torch.log_softmax(logits, 1)
        ends = totals + self.end_log_probs(log_probs, totals, shortest, step)
        self.ban_tokens(log_probs, history)
        totals_before = totals
        totals, rows, next_tokens = self.candidates(log_probs, totals, beam)
        ends = self.accepted_endings(ends, totals, beam)
        table = self.report(ends, totals_before, totals, self.coverage(received, mask), step)
        remaining = self.finish(table, active, kept, ended, longest, step, beam, n_best)
        moved = beam > 1
        if len(remaining) < len(active):
            moved = True
            active = [active[i] for i in remaining]
            if len(active) == 0:
                break
            places = torch.tensor(remaining, dtype=torch.long)
            totals = totals.index_select(0, places)
            rows = rows.index_select(0, places)
            next_tokens = next_tokens.index_select(0, places)
            shortest = shortest.index_select(0, places)
            mask = mask.index_select(0, places)
            memory = self.network.select_memory(memory, places)
        rows = rows.flatten()
        last = next_tokens.flatten()
        chosen.append(last)
        parents.append(rows)
        if moved:
            state = self.network.select_state(state, rows)
        if received.numel() > 0:
            received = received.flatten(0, 1).index_select(0, rows)
            received = received.view([totals.size(0), totals.size(1), tokens.size(0)])
        if self.no_repeat_ngram_size > 0:
            history = torch.cat([history.index_select(0, rows), last.unsqueeze(1)], 1)
    return self.traced(kept, self.on_host(chosen), self.on_host(parents), attentions, lengths)


def no_endings(self) -> List[Tuple[float, int, int, bool]]:
    none: List[Tuple[float, int, int, bool]] = []
    return none


def length_limits(self, lengths: Tensor) -> Tuple[Tensor, List[int]]:
    """How many tokens a translation may have, </s> not counted: the least [batch, 1], the most."""
    source = (lengths - 1).to(torch.float64)
    most = (source * self.max_length_ratio).floor().to(torch.long) + 10
    least = torch.minimum((source * self.min_length_ratio).ceil().to(torch.long), most)
    longest: List[int] = most.tolist()
    return least.unsqueeze(1), longest


def end_log_probs(self, log_probs: Tensor, totals: Tensor, shortest: Tensor, step: int) -> Tensor:
    """[sentences, width] float64: of </s> now, -inf before the minimum length."""
    ends = log_probs.select(1, 3).to(torch.float64).view(totals.size())
    if self.min_length_ratio > 0.0:
        ends = ends.masked_fill(shortest > step, float("-inf"))
    return ends


def ban_tokens(self, log_probs: Tensor, history: Tensor) -> None:
    """What nothing may put out becomes -inf, in place: <pad>, <s>, </s> (endings are looked at
    apart), <unk> unless allowed, and tokens that would repeat an n-gram (Paulus et al. 2018)."""
    log_probs.narrow(1, 0, 1).fill_(float("-inf"))
    log_probs.narrow(1, 2, 2).fill_(float("-inf"))
    if not self.generate_unk:
        log_probs.narrow(1, 1, 1).fill_(float("-inf"))
    size = self.no_repeat_ngram_size
    if size > 0 and history.size(1) >= size:
        grams = history.unfold(1, size, 1)  # [rows, windows, size]
        end = history.narrow(1, history.size(1) - size + 1, size - 1).unsqueeze(1)
        seen = (grams.narrow(2, 0, size - 1) == end).all(2)
        # Windows that do not match ban <pad>, which is banned anyway.
        banned = grams.select(2, size - 1).masked_fill(seen.logical_not(), 0)
        log_probs.scatter_(1, banned, float("-inf"))


def best_tokens(self, log_probs: Tensor, count: int) -> Tuple[Tensor, Tensor]:
    """The count best of each row [rows, vocab] float32 and their ids, the lower id first among
    equals. The best lie in the groups of 64 with the highest maxima, so that two small topk find
    them in a third of the time of one over the vocabulary."""
    groups = log_probs.size(1) // 64
    if groups <= count:
        best = self.best_places(log_probs, count)
        return log_probs.gather(1, best), best
    ids = torch.arange(log_probs.size(1))
    whole = groups * 64
    maxima = log_probs.narrow(1, 0, whole).view([-1, groups, 64]).amax(2)
    # topk promises no order among equals. As float64, what an id takes off here is less than lies
    # between two different float32 values, all below -0.6 but for the first.
    group_order = maxima.to(torch.float64) - ids.narrow(0, 0, groups) * 1e-13
    group = torch.topk(group_order, count, 1)[1].unsqueeze(2)
    taken = (group * 64 + ids.narrow(0, 0, 64)).flatten(1)  # [rows, count * 64]
    if whole < log_probs.size(1):
        rest = ids.narrow(0, whole, log_probs.size(1) - whole)
        taken = torch.cat([taken, rest.unsqueeze(0).expand([taken.size(0), -1])], 1)
    values = log_probs.gather(1, taken)
    best = torch.topk(values.to(torch.float64) - taken * 1e-13, count, 1)[1]
    return values.gather(1, best), taken.gather(1, best)


def best_places(self, values: Tensor, count: int) -> Tensor:
    """[rows, count]: where the best of each row stand, the first of equals first."""
    return torch.sort(values, stable=True, dim=1, descending=True)[1].narrow(1, 0, count)


def candidates(self, log_probs: Tensor, totals: Tensor,
               beam: int) -> Tuple[Tensor, Tensor, Tensor]:
    """How each sentence goes on, [sentences, next width] each, best first: the new totals, the rows
    they continue, and their tokens."""
    sentences = totals.size(0)
    width = totals.size(1)
    each = min(beam, log_probs.size(1))
    values, ids = self.best_tokens(log_probs, each)
    sums = (totals.unsqueeze(2) + values.view([sentences, width, each])).flatten(1)
    best = self.best_places(sums, min(beam, width * each))
    first_rows = torch.arange(sentences).unsqueeze(1) * width
    ids = ids.reshape([sentences, width * each])
    return sums.gather(1, best), first_rows + best // each, ids.gather(1, best)


def accepted_endings(self, ends: Tensor, totals: Tensor, beam: int) -> Tensor:
    """ends [sentences, width], the totals with </s>, made -inf where ending is not among the
    beam best of its sentence. totals [sentences, next width]: of those that go on. Among equals an
    ending comes first."""
    both = torch.cat([ends, totals], 1)
    best = self.best_places(both, min(beam, both.size(1)))
    outside = torch.ones_like(both, dtype=torch.bool).scatter_(1, best, False)
    return ends.masked_fill(outside.narrow(1, 0, ends.size(1)), float("-inf"))


def with_paid(self, received: Tensor, attention: Tensor, totals: Tensor) -> Tensor:
    """The attention received so far, of no elements where nothing asks for it."""
    if self.coverage_penalty == 0.0 or attention.size(1) == 0:
        return received
    paid = attention.view([totals.size(0), totals.size(1), attention.size(1)])
    return paid if received.numel() == 0 else received + paid


def coverage(self, received: Tensor, mask: Tensor) -> Tensor:
    """[sentences, width] float64, at most 0: beta * sum of log(min(attention received, 1)) over the
    source (Wu et al. 2016, eq. 14); of received without elements one 0."""
    if received.numel() == 0:
        return torch.zeros([1, 1], dtype=torch.float64)
    logs = received.clamp(1e-10, 1.0).log()
    summed = logs.masked_fill(mask.logical_not(), 0.0).sum(-1)
    return (summed * self.coverage_penalty).to(torch.float64)


def length_penalty(self, length: int) -> float:
    return ((5.0 + length) / 6.0) ** self.beam_alpha


def report(self, ends: Tensor, totals: Tensor, next_totals: Tensor, coverage: Tensor,
           step: int) -> List[List[float]]:
    """The step's only copy to the host, a list a sentence: the score of each row as ended (-inf
    where it does not end), its score were it cut here, and the best total that would go on."""
    scores = ends / self.length_penalty(step + 1) + coverage
    cut_scores = totals / self.length_penalty(max(step, 1)) + coverage
    table: List[List[float]] = torch.cat([scores, cut_scores, next_totals.narrow(1, 0, 1)],
                                         1).tolist()
    return table


def finish(self, table: List[List[float]], active: List[int],
           kept: List[List[Tuple[float, int, int, bool]]], ended: List[int], longest: List[int],
           step: int, beam: int, n_best: int) -> List[int]:
    """Keeps what ended at this step. Returns the places of the sentences that go on: not those of
    which no live hypothesis can win, of which as many ended as the beam is wide, or which are at
    their length limit."""
    never = float("-inf")
    remaining: List[int] = []
    for place in range(len(active)):
        row = table[place]
        width = len(row) // 2
        sentence = active[place]
        endings = kept[sentence]
        for i in range(width):
            if row[i] > never:
                ended[sentence] += 1
                self.keep(endings, (row[i], step, place * width + i, False), n_best)
        best_live = row[2 * width]
        if step >= longest[sentence] or best_live == never:
            self.keep_unfinished(endings, row, step, place * width, n_best)
        elif len(endings) < n_best:
            remaining.append(place)
        elif ended[sentence] < beam:
            # One that goes on has step + 1 tokens and </s> at least, the limit and </s> at most.
            reachable = max(best_live / self.length_penalty(step + 2),
                            best_live / self.length_penalty(longest[sentence] + 1))
            if reachable > endings[-1][0]:
                remaining.append(place)
    return remaining


def keep(self, endings: List[Tuple[float, int, int, bool]], ending: Tuple[float, int, int, bool],
         n_best: int) -> None:
    """Best first; among equals the earlier stands first."""
    place = len(endings)
    while place > 0 and ending[0] > endings[place - 1][0]:
        place -= 1
    endings.insert(place, ending)
    if len(endings) > n_best:
        endings.pop()


def keep_unfinished(self, endings: List[Tuple[float, int, int, bool]], row: List[float], step: int,
                    first_row: int, n_best: int) -> None:
    """Only to fill what the finished ones left free, so that there is always an answer."""
    width = len(row) // 2
    for i in range(width):
        live = row[i] == float("-inf") and row[width + i] > float("-inf")
        if len(endings) < n_best and (live or len(endings) == 0):
            self.keep(endings, (row[width + i], step, first_row + i, True), n_best)


def on_host(self, steps: List[Tensor]) -> List[List[int]]:
    lists: List[List[int]] = []
    for values in steps:
        ints: List[int] = values.tolist()
        lists.append(ints)
    return lists


def traced(self, kept: List[List[Tuple[float, int, int, bool]]], chosen: List[List[int]],
           parents: List[List[int]], attentions: List[Tensor],
           lengths: Tensor) -> List[List[Tuple[List[int], float, Tensor]]]:
    """Follows each kept hypothesis back to its beginning."""
    found: List[List[Tuple[List[int], float, Tensor]]] = []
    source_lengths: List[int] = lengths.tolist()
    for sentence in range(len(kept)):
        hypotheses: List[Tuple[List[int], float, Tensor]] = []
        for score, step, row, cut in kept[sentence]:
            ids: List[int] = []
            rows: List[int] = []  # one a step that it was scored at
            if not cut:
                rows.append(row)
            for before in range(step - 1, -1, -1):
                ids.append(chosen[before][row])
                row = parents[before][row]
                rows.append(row)
            ids.reverse()
            rows.reverse()
            attention = torch.zeros([0, source_lengths[sentence]])
            if len(attentions) > 0 and len(rows) > 0:
                paid = [attentions[i][rows[i]] for i in range(len(rows))]
                attention = torch.stack(paid).narrow(1, 0, source_lengths[sentence]).cpu()
            hypotheses.append((ids, score, attention))
        found.append(hypotheses)
    return found
