// Which generation of an index do readers see?
//
// The stub XAPIANDB in the database's folder holds one line, "auto gen-000003"; the generation of
// that name stands beside it. To Xapian a stub may say more: "remote :PROGRAM" runs a program, and
// a path leads anywhere. A database may come from somebody else, so Xapian never gets to see a
// stub: this line is read here, anything else is refused, and the generation's folder is opened as
// glass.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "common/remedy.h"

namespace dateline {

constexpr const char* kStubName = "XAPIANDB";

// "gen-" and six digits or more (to 18), nothing else.
bool is_generation_name(std::string_view name);

// The line of a stub that names the generation, with its end.
std::string stub_line(std::string_view generation);

// Name of the generation that the stub names; absent when there is no stub. No link is followed,
// and a FIFO is not waited for. Throws Error when the stub is not one of ours, or cannot be read.
std::optional<std::string> read_stub(const std::filesystem::path& database);

// What to do about a folder without stub: `usual`, unless generations are there.
Remedy remedy_without_stub(const std::filesystem::path& database, RemedyKind usual);

// The folder of the generation that readers see, checked as generation_folder() does. Throws Error
// when there is no stub; its remedy is that of remedy_without_stub(database, usual).
std::filesystem::path current_folder(const std::filesystem::path& database, RemedyKind usual);

// The generation's folder, in which Xapian may open what is there as glass: a folder and no link,
// in it regular files only and no stub. Throws Error when it is anything else, UnreadableError when
// a table may not be read. A folder that is not there is left for Xapian to miss. REQUIRES:
// is_generation_name(generation).
std::filesystem::path generation_folder(const std::filesystem::path& database,
                                        std::string_view generation);

}  // namespace dateline
