// Where the program's own tables of data/ are.
#pragma once

#include <filesystem>

namespace dateline {

// The folder installed with the running program (beside its own, wherever both were moved), or for
// a program that was never installed the checkout's data/; never another installation's: program
// and tables of one version belong together. Whether it exists is the reader's to find out.
std::filesystem::path own_data_folder();

}  // namespace dateline
