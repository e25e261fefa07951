#pragma once

namespace dateline::test {

// How often a table was not opened.
int tables_refused();

}  // namespace dateline::test
