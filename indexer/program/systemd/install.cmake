# Run by cmake --install (indexer/CMakeLists.txt): what names folders is written when the folders are known, for the prefix
# of this installation and below DESTDIR. Expects INSTALLED_FROM (this folder) and bindir libexecdir docdir sysconfdir as
# configured, relative to the prefix or absolute.

# As GNUInstallDirs has it: /usr keeps its configuration in /etc, /opt/NAME in /etc/opt/NAME.
if(CMAKE_INSTALL_PREFIX MATCHES "^/(usr)?/?$" AND sysconfdir STREQUAL "etc")
  set(sysconfdir /etc)
elseif(CMAKE_INSTALL_PREFIX MATCHES "^/opt/" AND sysconfdir STREQUAL "etc")
  set(sysconfdir /etc${CMAKE_INSTALL_PREFIX})
endif()
foreach(folder bindir libexecdir docdir sysconfdir)
  cmake_path(ABSOLUTE_PATH ${folder} BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}" NORMALIZE)
endforeach()
set(units "${CMAKE_INSTALL_PREFIX}/lib/systemd/system")
set(readable OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
set(runnable ${readable} OWNER_EXECUTE GROUP_EXECUTE WORLD_EXECUTE)

# installed(FROM FOLDER NAME PERMISSION...): with the @names@ of folders filled in. file(INSTALL) knows of DESTDIR, makes the
# folders and keeps the manifest.
function(installed from folder name)
  file(INSTALL DESTINATION "${folder}" TYPE FILE RENAME ${name} PERMISSIONS ${ARGN} FILES "${INSTALLED_FROM}/${from}")
  if(from MATCHES "[.]in$")
    configure_file("${INSTALLED_FROM}/${from}" "$ENV{DESTDIR}${folder}/${name}" @ONLY FILE_PERMISSIONS ${ARGN})
  endif()
  set(CMAKE_INSTALL_MANIFEST_FILES ${CMAKE_INSTALL_MANIFEST_FILES} PARENT_SCOPE)
endfunction()

installed(dateline-nightly.in "${libexecdir}/dateline" dateline-nightly ${runnable})
installed(dateline-index.service.in "${units}" dateline-index.service ${readable})
installed(dateline-index.timer "${units}" dateline-index.timer ${readable})
installed(dateline.cron.in "${docdir}/examples" dateline.cron ${readable})
installed(dateline-mail@.service "${docdir}/examples" dateline-mail@.service ${readable})

# What the operator wrote is the operator's.
set(conf "${sysconfdir}/dateline")
set(there "$ENV{DESTDIR}${conf}/nightly.conf")
set(same FALSE)
if(EXISTS "${there}" AND NOT IS_DIRECTORY "${there}")
  file(SHA256 "${there}" have)
  file(SHA256 "${INSTALLED_FROM}/nightly.conf" ours)
  string(COMPARE EQUAL "${have}" "${ours}" same)
endif()
if(same)
  message(STATUS "Up-to-date: ${there}")
elseif(EXISTS "${there}" OR IS_SYMLINK "${there}")
  installed(nightly.conf "${conf}" nightly.conf.new ${readable})
  message(NOTICE "-- Kept as it is: ${there}, which was edited; this version's is beside it, nightly.conf.new")
else()
  installed(nightly.conf "${conf}" nightly.conf ${readable})
endif()
