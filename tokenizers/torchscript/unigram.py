# The best segmentation under a unigram model (Kudo 2018), by the arithmetic of SentencePiece's own
# search: scores of paths are float32, a sum is compared before it is rounded (but that of an
# unknown character), and the first of equals stays. Numbers here are float64.


def prepare_segmentation(self) -> None:
    self.piece_trie = self.trie("pieces")
    scores: List[float] = self.tables["scores"].tolist()
    self.scores = scores


# For numbers of the size of x, not 0: what rounds to float32 when it is added and taken away again
# (1.5 * 2^52 units in the last place of a float32), and the sizes between which it does.
def rounding(self, x: float) -> Tuple[float, float, float]:
    _, exponent = torch.frexp(x)
    exponent = max(exponent, -125)
    return 1.5 * 2.0 ** (exponent + 28), 2.0 ** (exponent - 1), 2.0 ** exponent


def segment(self, text: List[int]) -> List[int]:
    labels = self.piece_trie[0]
    bases = self.piece_trie[1]
    piece_ids = self.piece_trie[2]
    scores = self.scores
    widths = self.widths
    size = len(text) - 1
    # Of the best path that ends at each place: its score, where its last piece begins, and its id.
    path = [-1e300] * (size + 1)
    path[0] = 0.0
    begins = [0] * (size + 1)
    ids = [1] * (size + 1)
    shift, low, high = self.rounding(1.0)
    place = 0
    while place < size:
        here = path[place]
        one = place + widths[text[place]]
        has_one = False
        next = place
        byte = text[next]
        cell = bases[0] ^ byte
        while labels[cell] == byte:
            next += 1
            id = piece_ids[cell]
            if id >= 0:
                score = here + scores[id]
                if score > path[next]:
                    if -score < low or -score >= high:
                        shift, low, high = self.rounding(score)
                    path[next] = (score + shift) - shift
                    begins[next] = place
                    ids[next] = id
                if next == one:
                    has_one = True
            byte = text[next]
            cell = bases[cell] ^ byte
        if not has_one:
            score = here + scores[1]
            shift, low, high = self.rounding(score)
            score = (score + shift) - shift
            if score > path[one]:
                path[one] = score
                begins[one] = place
                ids[one] = 1
        place = one
    return self.walk_back(text, begins, ids)


def walk_back(self, text: List[int], begins: List[int], ids: List[int]) -> List[int]:
    ends: List[int] = []
    end = len(text) - 1
    while end > 0:
        ends.append(end)
        end = begins[end]
    ends.reverse()
    found: List[int] = []
    for end in ends:
        if ids[end] == 1:
            self.add_unknown(text, begins[end], end, found)
        else:
            found.append(ids[end])
    return found
