# Where the pinned parts of third_party/lock are, for CMake: diktate_fetch(NAME folder).
if(DEFINED ENV{DIKTATE_THIRD_PARTY})
  set(DIKTATE_THIRD_PARTY_DEFAULT $ENV{DIKTATE_THIRD_PARTY})
else()
  set(DIKTATE_THIRD_PARTY_DEFAULT ${PROJECT_SOURCE_DIR}/third_party/cache)
endif()
set(DIKTATE_THIRD_PARTY ${DIKTATE_THIRD_PARTY_DEFAULT} CACHE PATH "Where third_party/fetch keeps the pinned parts")
set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
             ${PROJECT_SOURCE_DIR}/third_party/lock ${PROJECT_SOURCE_DIR}/third_party/contents)

# diktate_fetch(NAME result): fetches the part if it is not there, and sets `result` to its folder.
function(diktate_fetch name result)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env DIKTATE_THIRD_PARTY=${DIKTATE_THIRD_PARTY}
                          ${PROJECT_SOURCE_DIR}/third_party/fetch ${name} RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "third_party/fetch ${name} failed; what it said stands above")
  endif()
  file(STRINGS ${PROJECT_SOURCE_DIR}/third_party/lock lines REGEX "^${name} ")
  string(REGEX REPLACE "^[^ ]+ ([^ ]+) .*" "\\1" version "${lines}")
  string(REGEX REPLACE "^@" "" folder ${name})
  string(REPLACE "/" "-" folder ${folder})
  set(${result} ${DIKTATE_THIRD_PARTY}/${folder}-${version} PARENT_SCOPE)
endfunction()
