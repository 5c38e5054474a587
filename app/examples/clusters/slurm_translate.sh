#!/bin/bash
# sbatch app/examples/clusters/slurm_translate.sh MODEL TEXT OUT: eight jobs translate an eighth each; then
# cat OUT.1 ... OUT.8 is what one process would have written.
#SBATCH --array=1-8
#SBATCH --cpus-per-task=8

build/rondo translate "$1" "$2" --shard "$SLURM_ARRAY_TASK_ID/8" --threads 8 \
  >"$3.$SLURM_ARRAY_TASK_ID"
