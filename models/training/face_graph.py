"""A few lines over onnx.helper, for networks that are written down by hand."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


class Graph:
    def __init__(self):
        self.nodes, self.weights = [], []

    def weight(self, name, values, dtype=np.float32):
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values, dtype=dtype), name))
        return name

    def add(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def conv(self, x, name, filters, bias=None, stride=1, padding="SAME_UPPER"):
        """A convolution whose filters are [height, width, in, out], as TensorFlow stores them."""
        inputs = [x, self.weight(f"{name}.w", filters.transpose(3, 2, 0, 1))]
        if bias is not None:
            inputs.append(self.weight(f"{name}.b", bias))
        return self.add("Conv", inputs, name, auto_pad=padding, strides=[stride, stride],
                        kernel_shape=list(filters.shape[:2]))

    def depthwise(self, x, name, filters, stride=1):
        """One filter a channel; filters are [height, width, channels, 1]."""
        weights = self.weight(f"{name}.w", filters.transpose(2, 3, 0, 1))
        return self.add("Conv", [x, weights], name, auto_pad="SAME_UPPER", strides=[stride, stride],
                        group=filters.shape[2], kernel_shape=list(filters.shape[:2]))

    def save(self, path, name, inputs, outputs):
        """Checks and writes the model; `inputs` and `outputs` map a name to its shape."""
        info = lambda item: helper.make_tensor_value_info(item[0], TensorProto.FLOAT, item[1])
        graph = helper.make_graph(self.nodes, name, [info(i) for i in inputs.items()],
                                  [info(o) for o in outputs.items()], self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="")
        onnx.checker.check_model(model)
        onnx.save(model, str(path))
