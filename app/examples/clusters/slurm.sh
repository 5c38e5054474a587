#!/bin/bash
# sbatch app/examples/clusters/slurm.sh CONFIG: one training on two nodes, two workers on each. The folder
# must be one that all nodes see. A job that is requeued goes on where it was.
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=2
#SBATCH --cpus-per-task=8
#SBATCH --time=08:00:00
#SBATCH --requeue
#SBATCH --signal=TERM@120

export OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK
# srun says to each worker which it is, and at which node the first one is. --kill-on-bad-exit ends
# what a lost worker leaves; SIGTERM, two minutes before the time is over, makes all of them save.
srun --kill-on-bad-exit=1 build/rondo train "$1" --resume --set training.save_freq=10min
