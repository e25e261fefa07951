#include "indexer/program/data_folder.h"

namespace dateline {

namespace fs = std::filesystem;

fs::path own_data_folder() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  const fs::path beside = (program.parent_path() / DATELINE_DATA_BESIDE_PROGRAM).lexically_normal();
  if (!failure && fs::is_directory(beside, failure)) return beside;
  const fs::path source = DATELINE_SOURCE_DATA;
  return fs::is_directory(source, failure) ? source : beside;
}

}  // namespace dateline
