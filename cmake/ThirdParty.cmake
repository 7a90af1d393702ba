# Where the pinned parts of third_party/lock are, for CMake: diktate_fetch(NAME folder).
cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH DIKTATE_ROOT)
if(DEFINED ENV{DIKTATE_THIRD_PARTY})
  set(DIKTATE_THIRD_PARTY_DEFAULT $ENV{DIKTATE_THIRD_PARTY})
else()
  set(DIKTATE_THIRD_PARTY_DEFAULT ${DIKTATE_ROOT}/third_party/cache)
endif()
set(DIKTATE_THIRD_PARTY ${DIKTATE_THIRD_PARTY_DEFAULT} CACHE PATH "Where third_party/fetch keeps the pinned parts")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
             ${DIKTATE_ROOT}/third_party/lock ${DIKTATE_ROOT}/third_party/contents)

# diktate_fetch(NAME result): fetches the part if it is not there, and sets `result` to its folder.
function(diktate_fetch name result)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env DIKTATE_THIRD_PARTY=${DIKTATE_THIRD_PARTY}
                          ${DIKTATE_ROOT}/third_party/fetch ${name}
                  RESULT_VARIABLE failed OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(failed)
    message(FATAL_ERROR "third_party/fetch ${name} failed; what it said stands above")
  endif()
  set(${result} ${folder} PARENT_SCOPE)
endfunction()
