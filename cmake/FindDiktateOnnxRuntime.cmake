# The imported target diktate::onnxruntime, from the first of these that is there:
#   1. the folder named by -DDIKTATE_ONNXRUNTIME=DIR, with include/ and lib/;
#   2. the system's (CMAKE_PREFIX_PATH, pkg-config's libonnxruntime, the usual prefixes), if it is new enough;
#   3. the pinned one of third_party/lock, which third_party/fetch downloads when it is not there yet.
# DIKTATE_ONNXRUNTIME_SOURCE says which: given, system or pinned. The first and last are installed with the program.
# Everything is looked up anew at each configure: a runtime installed later is taken.
set(DIKTATE_ONNXRUNTIME "" CACHE PATH "Folder with include/ and lib/ of the ONNX Runtime to use (empty: look for one)")

set(DIKTATE_ONNXRUNTIME_API 21) # the oldest ORT_API_VERSION that the program compiles against
set(DIKTATE_ONNXRUNTIME_HEADER onnxruntime_cxx_api.h)
set(DIKTATE_ONNXRUNTIME_HEADER_FOLDERS onnxruntime onnxruntime/core/session)
set(DIKTATE_ONNXRUNTIME_LIBRARY_NAMES onnxruntime libonnxruntime.so.1)

# Sets include_dir and library in the caller; looks only below `prefix`.
macro(diktate_look_for_onnxruntime_in prefix)
  find_path(include_dir ${DIKTATE_ONNXRUNTIME_HEADER} PATHS ${prefix}/include NO_DEFAULT_PATH NO_CACHE
            PATH_SUFFIXES ${DIKTATE_ONNXRUNTIME_HEADER_FOLDERS})
  find_library(library NAMES ${DIKTATE_ONNXRUNTIME_LIBRARY_NAMES} PATHS ${prefix}/lib ${prefix}/lib64
               NO_DEFAULT_PATH NO_CACHE)
endmacro()

# Sets include_dir and library in the caller.
macro(diktate_look_for_system_onnxruntime)
  find_package(PkgConfig QUIET)
  if(PkgConfig_FOUND)
    pkg_check_modules(DIKTATE_ONNXRUNTIME_PC QUIET libonnxruntime)
  endif()
  find_path(include_dir ${DIKTATE_ONNXRUNTIME_HEADER} HINTS ${DIKTATE_ONNXRUNTIME_PC_INCLUDE_DIRS} NO_CACHE
            PATH_SUFFIXES ${DIKTATE_ONNXRUNTIME_HEADER_FOLDERS})
  find_library(library NAMES ${DIKTATE_ONNXRUNTIME_LIBRARY_NAMES} HINTS ${DIKTATE_ONNXRUNTIME_PC_LIBRARY_DIRS} NO_CACHE)
endmacro()

# Sets `result` to the ORT_API_VERSION of the headers, or 0 where there are none.
function(diktate_onnxruntime_api include_dir result)
  set(version 0)
  if(EXISTS ${include_dir}/onnxruntime_c_api.h)
    file(STRINGS ${include_dir}/onnxruntime_c_api.h line REGEX "^#define ORT_API_VERSION ")
    string(REGEX MATCH "[0-9]+" version "${line}")
  endif()
  set(${result} ${version} PARENT_SCOPE)
endfunction()

# Defines the target from one place, unless that place has none or too old a one; then says so in `result`.
function(diktate_use_onnxruntime source result)
  unset(include_dir)
  unset(library)
  if(source STREQUAL system)
    diktate_look_for_system_onnxruntime()
  else()
    diktate_look_for_onnxruntime_in(${ARGV2})
  endif()
  set(${result} FALSE PARENT_SCOPE)
  if(NOT include_dir OR NOT library)
    return()
  endif()
  diktate_onnxruntime_api(${include_dir} api)
  if(api LESS DIKTATE_ONNXRUNTIME_API)
    message(STATUS "ONNX Runtime in ${include_dir} is too old (API ${api}, ${DIKTATE_ONNXRUNTIME_API} is needed)")
    return()
  endif()
  add_library(diktate::onnxruntime SHARED IMPORTED GLOBAL)
  set_target_properties(diktate::onnxruntime PROPERTIES IMPORTED_LOCATION ${library}
                                                        INTERFACE_INCLUDE_DIRECTORIES ${include_dir})
  message(STATUS "ONNX Runtime: ${source}, ${library} (API ${api})")
  set(${result} TRUE PARENT_SCOPE)
  set(DIKTATE_ONNXRUNTIME_SOURCE ${source} PARENT_SCOPE)
endfunction()

if(TARGET diktate::onnxruntime)
  return()
endif()
if(DIKTATE_ONNXRUNTIME)
  diktate_use_onnxruntime(given DiktateOnnxRuntime_FOUND ${DIKTATE_ONNXRUNTIME})
  if(NOT DiktateOnnxRuntime_FOUND)
    message(FATAL_ERROR "No usable ONNX Runtime in DIKTATE_ONNXRUNTIME=${DIKTATE_ONNXRUNTIME} (include/ and lib/ are looked into)")
  endif()
  return()
endif()
diktate_use_onnxruntime(system DiktateOnnxRuntime_FOUND)
if(NOT DiktateOnnxRuntime_FOUND)
  diktate_fetch(com.github.asus4.onnxruntime folder)
  diktate_use_onnxruntime(pinned DiktateOnnxRuntime_FOUND ${folder})
endif()
