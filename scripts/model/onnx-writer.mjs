import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;
const { DataType } = onnx.TensorProto;
const { AttributeType } = onnx.AttributeProto;
// Opset 17 is the first with LayerNormalization.
const OPSET = { domain: '', version: 17 };
const IR_VERSION = 8;

export const TYPE = { FLOAT: BigInt(DataType.FLOAT), UINT8: BigInt(DataType.UINT8) };
export const INT64_MATRIX = { type: 'INT64', dims: ['batch', 'sequence'] };

/** Collects nodes and constants by name, then writes them as one ONNX file. */
export class OnnxWriter {
  #nodes = [];
  #constants = new Map();

  /** Adds a node; returns its output's name, or all of them where `names` gives several. */
  node(opType, input, attributes = {}, names = [`${opType}_${this.#nodes.length}`]) {
    const attribute = Object.entries(attributes).map(([name, value]) => encode(name, value));
    this.#nodes.push({ name: `node_${names[0]}`, opType, input, output: names, attribute });
    return names.length === 1 ? names[0] : names;
  }

  constant(name, dims, data) {
    if (this.#constants.has(name)) return name;
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#constants.set(name, { name, dims, dataType: typeOf(data), rawData });
    return name;
  }

  weight(name, { shape, data }) {
    return this.constant(name, shape, data);
  }

  scalar(value) {
    return this.constant(`f32_${value}`, [], Float32Array.of(value));
  }

  ints(...values) {
    return this.constant(
      `i64_${values.join('_')}`,
      [values.length],
      BigInt64Array.from(values, BigInt),
    );
  }

  /** `inputs` and `outputs`: {name, type: 'INT64' | 'FLOAT', dims}, where a named dim is free. */
  encode({ name, inputs, outputs, producer }) {
    const model = onnx.ModelProto.create({
      irVersion: IR_VERSION,
      producerName: producer,
      opsetImport: [OPSET],
      graph: {
        name,
        node: this.#nodes,
        initializer: [...this.#constants.values()],
        input: inputs.map(describe),
        output: outputs.map(describe),
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }
}

function describe({ name, type, dims }) {
  const dim = dims.map((d) => (typeof d === 'string' ? { dimParam: d } : { dimValue: d }));
  return { name, type: { tensorType: { elemType: DataType[type], shape: { dim } } } };
}

/** A bigint is an integer attribute, a number a float one, a list a list of integers. */
function encode(name, value) {
  if (Array.isArray(value)) return { name, type: AttributeType.INTS, ints: value };
  if (typeof value === 'bigint') return { name, type: AttributeType.INT, i: Number(value) };
  return { name, type: AttributeType.FLOAT, f: value };
}

function typeOf(data) {
  if (data instanceof Float32Array) return DataType.FLOAT;
  if (data instanceof Int8Array) return DataType.INT8;
  if (data instanceof Uint8Array) return DataType.UINT8;
  // Half floats have no array of their own here: these are their bits.
  if (data instanceof Uint16Array) return DataType.FLOAT16;
  if (data instanceof BigInt64Array) return DataType.INT64;
  throw new Error('No ONNX type is known for this constant.');
}
