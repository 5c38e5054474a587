# Word alignments from attention: app/decoding/words.cpp and word_alignment.cpp in TorchScript.


def words_of(self, pieces: List[str]) -> List[int]:
    """The word each piece belongs to, or -1 for </s>. The first piece, and the first after a </s>,
    begins a word whether it says so or not."""
    words: List[int] = []
    word = -1
    fresh = True
    for piece in pieces:
        if piece == "</s>":
            words.append(-1)
        else:
            if fresh or self.begins_word(piece):
                word += 1
            words.append(word)
        fresh = piece == "</s>"
    return words


def membership(self, words: List[int]) -> Tensor:
    """[pieces, words] float64: 1 where a piece belongs to a word."""
    numbers = torch.tensor(words, dtype=torch.long).unsqueeze(1)
    return (numbers == torch.arange(max(words) + 1)).to(torch.float64)


def word_alignment(self, parts: List[List[int]],
                   found: List[List[Tuple[List[int], float, Tensor]]]) -> str:
    """parts: a line's source ids; found: what was found for each. For each target word the source
    word that its attention, summed over the pieces of both, is highest for."""
    source: List[str] = []
    target: List[str] = []
    paid: List[Tensor] = []  # [ids + </s>, source tokens] a part
    for i in range(len(parts)):
        ids, score, attention = found[i][0]
        source.extend([self.source_tokenizer.piece(id) for id in parts[i]] + ["</s>"])
        target.extend([self.target_tokenizer.piece(id) for id in ids])
        if attention.size(0) != len(ids):
            target.append("</s>")
        paid.append(attention)
    source_words = self.words_of(source)
    target_words = self.words_of(target)
    if len(target) == 0 or max(source_words) < 0 or max(target_words) < 0:
        return ""
    attention = torch.block_diag(paid).to(torch.float64)
    if attention.size(0) != len(target):
        return ""  # this decoder does not attend
    mass = self.membership(target_words).t().matmul(attention).matmul(self.membership(source_words))
    best: List[int] = mass.argmax(1).tolist()
    return " ".join([str(best[word]) + "-" + str(word) for word in range(len(best))])
