# awk -f same_answers.awk EXPECTED FOUND: lines of label<TAB>probability. Fails, showing them, where
# labels differ, or probabilities by more than float32 sums in another order do.
BEGIN { FS = "\t" }
NR == FNR {
  labels[FNR] = $1
  probabilities[FNR] = $2
  expected = FNR
  next
}
{
  found = FNR
  gap = $2 - probabilities[FNR]
  if ($1 "" != labels[FNR] "" || gap > 0.0001 || gap < -0.0001) {
    printf "line %d: %s %s, not %s %s\n", FNR, $1, $2, labels[FNR], probabilities[FNR]
    failed = 1
  }
}
END {
  if (found != expected) {
    printf "%d lines, not %d\n", found, expected
    failed = 1
  }
  exit failed
}
