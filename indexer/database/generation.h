// Where in a database's folder is the index that readers see?
//
// `XAPIANDB` is a stub file, "auto gen-000003"; a rebuild writes gen-000004 beside it and renames a
// new stub over the old one. Only what has the name of a generation, is a folder and holds nothing
// but tables is ever removed, and never what the stub names.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/store/stub.h"

namespace dateline {

// In a generation while it is written as a copy of another: an empty file.
constexpr const char* kUnfinishedFile = "unfinished.tmp";

constexpr const char* kNewStubName = "XAPIANDB.new";  // until it is renamed

// Name of the generation the stub names; absent when there is no stub. Throws Error when it is not
// one of ours.
std::optional<std::string> current_generation(const std::filesystem::path& database);

// The folders that have the name of a generation, in order. Throws Error when the database's folder
// cannot be listed.
std::vector<std::string> generations(const std::filesystem::path& database);

// Makes an empty folder of a name no generation has had: one above the highest there. It gets the
// rights of the database's folder.
std::string make_generation(const std::filesystem::path& database);

// Brings the names in a folder to the disk. Until then a power cut may undo what was made, renamed
// or removed there. Throws Error.
void sync_folder(const std::filesystem::path& folder);

// Brings all its files and its own entries to the disk. Throws Error when any of it fails: then
// nothing is known of them.
void sync_generation(const std::filesystem::path& database, const std::string& generation);

// Is there anything of that name? A stub may name what is gone. Throws Error when that is not
// known.
bool is_there(const std::filesystem::path& database, const std::string& generation);

// Xapian writes into tables where they are: what has a second name (`cp -al` makes a copy so) gets
// a copy in its place first. REQUIRES: the run's lock. Throws Error.
void part_from_links(const std::filesystem::path& database, const std::string& generation);

// Atomically and durably makes readers see the generation. When that fails an Error is thrown and
// the stub is what it was. REQUIRES: the generation was verified (indexer/database/verification.h)
// and synced.
void publish_generation(const std::filesystem::path& database, const std::string& generation);

// Removes a generation's folder, however far it was written. "" or why it was left: it is what the
// stub names, holds what is no table, ...
std::string remove_generation(const std::filesystem::path& database, const std::string& generation);

// Removes every other generation: replaced ones and those of a rebuild that is not gone on with.
// What could not be removed, a line each: the index is as good as without it.
std::vector<std::string> remove_other_generations(const std::filesystem::path& database,
                                                  const std::vector<std::string>& kept);

// "damaged-gen-000003", "spare-gen-000003" (one that readers did not see): no run looks at a folder
// of such a name or removes it.
std::string damaged_name(const std::string& generation);
std::string spare_name(const std::string& generation);

// Gives that name, durably, to a generation that readers do not see any more. Throws Error.
void set_aside_generation(const std::filesystem::path& database, const std::string& generation,
                          const std::string& name);

// Of its files.
std::uint64_t generation_bytes(const std::filesystem::path& database,
                               const std::string& generation);

// A stub of ours is there, or nothing but what a first run leaves that was killed. False also when
// that cannot be known.
bool is_database_folder(const std::filesystem::path& database);

// Makes the folder and those above it that are missing, durably; those it made, the outermost
// first. Throws Error, and then none is left.
std::vector<std::filesystem::path> make_folders(const std::filesystem::path& path);

// Makes the folder when there is none. Throws Error when it is there, not empty and no index of
// ours; when the stub of one was lost beside files of others, it says so.
void prepare_database_folder(const std::filesystem::path& database);

}  // namespace dateline
