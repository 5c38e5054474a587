# The methods that take text. Lines are any bytes without line breaks; N lines in are N answers out,
# in order, and an empty line has an empty translation. beam_size is the number of hypotheses kept a
# sentence, 1 = greedy; None = as the model was exported with. Settings that may be changed between
# calls are attributes: beam_size, beam_alpha, coverage_penalty, min_length_ratio, max_length_ratio,
# no_repeat_ngram_size, generate_unk, batch_size, max_input_length, crop_long_input.


def translate(self, lines: List[str], beam_size: Optional[int] = None) -> List[str]:
    """The best translation of each line."""
    return [best[0][0] for best in self.translate_n_best(lines, beam_size, 1)]


def translate_n_best(self, lines: List[str], beam_size: Optional[int] = None,
                     n_best: int = 1) -> List[List[Tuple[str, float]]]:
    """The n_best translations of each line with their scores, best first. A score is the
    log-probability in nats over the length penalty, less the coverage penalty."""
    beam = self.checked_beam(beam_size, n_best)
    parts, first_part = self.source_parts(lines)
    found = self.search_parts(parts, beam, n_best, False)
    return [self.joined(found[first_part[i]:first_part[i + 1]]) for i in range(len(lines))]


def align(self, lines: List[str], beam_size: Optional[int] = None) -> List[Tuple[str, str]]:
    """The best translation of each line and its word alignment as Moses writes it, source first:
    "0-0 1-2". The alignment is empty where the decoder does not attend."""
    beam = self.checked_beam(beam_size, 1)
    parts, first_part = self.source_parts(lines)
    found = self.search_parts(parts, beam, 1, True)
    aligned: List[Tuple[str, str]] = []
    for i in range(len(lines)):
        best = found[first_part[i]:first_part[i + 1]]
        pairs = self.word_alignment(parts[first_part[i]:first_part[i + 1]], best)
        aligned.append((self.joined(best)[0][0], pairs))
    return aligned


def source_parts(self, lines: List[str]) -> Tuple[List[List[int]], List[int]]:
    """Lines in the ids that are searched: one part a line, none for an empty line, several for one
    longer than max_input_length. With them where each line's parts begin, [lines + 1]."""
    longest = max(self.max_input_length, 1)
    parts: List[List[int]] = []
    first_part: List[int] = []
    for line in lines:
        first_part.append(len(parts))
        ids = self.source_tokenizer.encode(line)
        if len(ids) > longest and self.crop_long_input:
            ids = ids[:longest]
        if len(ids) > longest:
            begin = 0
            for end in self.split_points([self.source_tokenizer.piece(id) for id in ids], longest):
                parts.append(ids[begin:end])
                begin = end
        elif len(ids) > 0:
            parts.append(ids)
    first_part.append(len(parts))
    return parts, first_part


def search_parts(self, parts: List[List[int]], beam: int, n_best: int,
                 with_attention: bool) -> List[List[Tuple[List[int], float, Tensor]]]:
    """What the search finds for each part, best first. Parts are searched by length, so that a
    batch holds little padding."""
    order = self.by_length(parts, False)
    searched: List[List[Tuple[List[int], float, Tensor]]] = []
    place = [0] * len(parts)  # of a part in searched
    for i in range(len(order)):
        place[order[i]] = i
    for begin in range(0, len(order), max(self.batch_size, 1)):
        tokens, lengths = self.padded(parts, order[begin:begin + max(self.batch_size, 1)], [], [3])
        searched.extend(self.search(tokens, lengths, beam, n_best, with_attention))
    return [searched[i] for i in place]


def joined(self,
           parts: List[List[Tuple[List[int], float, Tensor]]]) -> List[Tuple[str, float]]:
    """A line's translations from those of its parts: the n-th joins the n-th of every part, or a
    part's last where it has fewer; scores add up. No part gives one empty translation."""
    if len(parts) == 0:
        return [("", 0.0)]
    translations: List[Tuple[str, float]] = []
    for rank in range(max([len(found) for found in parts])):
        ids: List[int] = []
        score = 0.0
        for found in parts:
            hypothesis = found[min(rank, len(found) - 1)]
            ids.extend(hypothesis[0])
            score += hypothesis[1]
        translations.append((self.target_tokenizer.decode(ids), score))
    return translations
