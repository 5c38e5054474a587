#include "app/commands/commands.h"

int main(int argc, char** argv) { return rondo::run_command_line(argc, argv); }
