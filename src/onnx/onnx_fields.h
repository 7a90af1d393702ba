// The numbers of the fields in ONNX's messages, as far as they are read or written here.
// Source: onnx/onnx.proto of ONNX 1.16, whose names for them stand in the comments where they differ.
#pragma once

namespace diktate::onnx_fields {

namespace model {  // ModelProto
inline constexpr int kIrVersion = 1, kProducer = 2, kGraph = 7, kOperatorSet = 8;
}
namespace operator_set {  // OperatorSetIdProto
inline constexpr int kDomain = 1, kVersion = 2;
}
namespace graph {  // GraphProto
inline constexpr int kNode = 1, kName = 2, kConstant = 5 /* initializer */, kInput = 11, kOutput = 12;
}
namespace node {  // NodeProto
inline constexpr int kInput = 1, kOutput = 2, kType = 4 /* op_type */, kAttribute = 5, kDomain = 7;
}
namespace attribute {  // AttributeProto
inline constexpr int kName = 1, kNumber = 2 /* f */, kInteger = 3 /* i */, kGraph = 6 /* g */,
                     kIntegers = 8 /* ints */, kType = 20;
}
namespace attribute_type {  // AttributeProto.AttributeType
inline constexpr int kNumber = 1, kInteger = 2, kIntegers = 7;
}
namespace tensor {  // TensorProto
inline constexpr int kDimension = 1, kType = 2, kFloats = 4, kInt32s = 5, kInt64s = 7, kName = 8, kRaw = 9;
}
namespace value_info {  // ValueInfoProto
inline constexpr int kName = 1, kType = 2;
}
namespace type {  // TypeProto
inline constexpr int kTensor = 1;
}
namespace tensor_type {  // TypeProto.Tensor
inline constexpr int kElement = 1, kShape = 2;
}
namespace shape {  // TensorShapeProto
inline constexpr int kDimension = 1;
}
namespace dimension {  // TensorShapeProto.Dimension
inline constexpr int kSize = 1 /* dim_value */, kName = 2 /* dim_param */;
}

}  // namespace diktate::onnx_fields
