// Where in a database's folder is the index that readers see?
//
// `XAPIANDB` is a Xapian stub file, "auto gen-000003"; a rebuild writes gen-000004 beside it and renames a new stub over the old one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/stub.h"

namespace dateline {

// Name of the generation the stub names; absent when there is no stub. Throws Error when it is not one of ours.
std::optional<std::string> current_generation(const std::filesystem::path& database);

// A name no generation has had: one above the highest there.
std::string next_generation(const std::filesystem::path& database);

// Atomically and durably makes readers see the generation.
void publish_generation(const std::filesystem::path& database, const std::string& generation);

// Removes every other generation: replaced ones and those of a rebuild that is not gone on with.
void remove_other_generations(const std::filesystem::path& database, const std::vector<std::string>& kept);

// Whatever has the name of a generation, by name. Throws Error when the folder cannot be listed: then nothing is known.
std::vector<std::string> generations(const std::filesystem::path& database);

// Renames a generation that readers do not see any more to "damaged-gen-000003", which no run looks at or removes.
std::string damaged_name(const std::string& generation);
void set_aside_generation(const std::filesystem::path& database, const std::string& generation);

// Of its files.
std::uint64_t generation_bytes(const std::filesystem::path& database, const std::string& generation);

// Makes the folder when there is none. Throws Error when it is there, not empty and no index of ours.
void prepare_database_folder(const std::filesystem::path& database);

}  // namespace dateline
