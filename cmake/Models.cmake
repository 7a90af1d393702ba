# The models as the program reads them, made from the pinned weights by the program itself: the target `models`.
set(DIKTATE_MODELS ${CMAKE_BINARY_DIR}/share/diktate/models)

if(DIKTATE_SANITIZE OR DIKTATE_FUZZ)
  set(DIKTATE_PREPARE_MODELS_DEFAULT OFF)
else()
  set(DIKTATE_PREPARE_MODELS_DEFAULT ON)
endif()
option(DIKTATE_PREPARE_MODELS "Fetch the pinned weights, and prepare them as a part of the build"
       ${DIKTATE_PREPARE_MODELS_DEFAULT})

if(DIKTATE_PREPARE_MODELS)
  diktate_fetch(@usefulsensors/moonshine-js moonshine)
  diktate_fetch(llama-tokenizer-js tokenizer)
  diktate_fetch(@ricky0123/vad-web silero)
  # Not the folder of them all: where work trees share it, other versions may be there.
  set(DIKTATE_WEIGHTS ${moonshine} ${tokenizer} ${silero})
  list(TRANSFORM DIKTATE_WEIGHTS PREPEND "--from=" OUTPUT_VARIABLE from_weights)
endif()
diktate_fetch(nodejs-whisper speech)
set(DIKTATE_JFK ${speech}/jfk.wav)

# diktate_add_models(): made again when the weights, or what makes models of them, change; not whenever the program does,
# because a new model also costs its optimised copies.
function(diktate_add_models)
  file(GLOB makers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/stt/*.h ${PROJECT_SOURCE_DIR}/src/stt/*.cpp
       ${PROJECT_SOURCE_DIR}/src/app/models.*)
  set(made ${DIKTATE_MODELS}/moonshine-base/decoder_next.onnx ${DIKTATE_MODELS}/moonshine-tiny/decoder_next.onnx
           ${DIKTATE_MODELS}/silero/silero_vad_v6.onnx)
  add_custom_command(
    OUTPUT ${made}
    COMMAND diktate models prepare ${from_weights} --to ${DIKTATE_MODELS}
    COMMAND ${CMAKE_COMMAND} -E touch_nocreate ${made}
    DEPENDS ${PROJECT_SOURCE_DIR}/third_party/lock ${makers}
    COMMENT "Preparing the models (some seconds)"
    USES_TERMINAL VERBATIM)
  add_custom_target(models ALL DEPENDS ${made})
  install(DIRECTORY ${DIKTATE_MODELS} DESTINATION ${CMAKE_INSTALL_DATADIR}/diktate)
endfunction()
