#include "indexer/database/failed_files.h"

#include <catch2/catch.hpp>

using namespace dateline;

TEST_CASE("failed files come back as they were written; lines of older programs are read") {
  const std::vector<FailedFile> files = {{.path = "/a\tb\n\\.txt",
                                          .size = 5,
                                          .modified = 7,
                                          .reason = "no-date",
                                          .changed = 8,
                                          .inode = 9},
                                         {.path = "/c.txt",
                                          .size = 5,
                                          .modified = -7,
                                          .reason = "bad-date",
                                          .changed = 8,
                                          .inode = 9,
                                          .date_outside = true}};
  CHECK(parse_failed_files(to_text(files)) == files);
  CHECK(parse_failed_files("no-date\t5\t7\t/a.txt\n") ==
        std::vector<FailedFile>{{.path = "/a.txt", .size = 5, .modified = 7, .reason = "no-date"}});
  CHECK(parse_failed_files("no-date\t5\t7 8\t/a.txt\nno-date\t5\t7 8 9 inside\t/a.txt\n").empty());
}
