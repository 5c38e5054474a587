# The methods that take token ids. Times come first: tokens [time, batch] int64, each sentence ended
# by </s> (3) and then filled with <pad> (0); lengths [batch] int64, </s> counted. memory and state
# are lists of tensors of which only these methods know the meaning.


def beam_search(self, tokens: Tensor, lengths: Tensor, beam_size: Optional[int] = None,
                n_best: int = 1) -> List[List[Tuple[List[int], float]]]:
    """A list a sentence, best first, of ids without </s> and score."""
    beam = self.checked_beam(beam_size, n_best)
    found: List[List[Tuple[List[int], float]]] = []
    for sentence in self.search(tokens, lengths, beam, n_best, False):
        found.append([(hypothesis[0], hypothesis[1]) for hypothesis in sentence])
    return found


def encode(self, tokens: Tensor, lengths: Tensor) -> Tuple[List[Tensor], List[Tensor]]:
    """Reads the source: (memory, state) from which step begins, one row a sentence."""
    return self.network.start(tokens, lengths)


def step(self, tokens: Tensor, memory: List[Tensor],
         state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    """Feeds each row its last token, [rows] int64, <s> (2) at first; rows = batch * hypotheses,
    those of a sentence side by side. -> (logits [rows, vocab] float32, attention [rows, time]
    float32, of width 0 where the decoder does not attend, the next state)."""
    return self.network.step(tokens, memory, state)


def select(self, memory: List[Tensor], state: List[Tensor], sentences: Tensor,
           rows: Tensor) -> Tuple[List[Tensor], List[Tensor]]:
    """From now on sentence i is what was sentence sentences[i], and row i what was row rows[i]."""
    return self.network.select_memory(memory, sentences), self.network.select_state(state, rows)


def forward(self, tokens: Tensor, lengths: Tensor, target: Tensor) -> Tensor:
    """Teacher forcing: target [target time, batch] int64 begins with <s> -> logits
    [target time, batch, vocab] float32 of each next token."""
    return self.network.forward(tokens, lengths, target)
