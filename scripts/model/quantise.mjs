/** Symmetric int8 with one scale a column: column j of the matrix is about values[:, j]·scales[j]. */
export function quantiseColumns({ shape: [rows, columns], data }) {
  const scales = new Float32Array(columns);
  for (let j = 0; j < columns; j++) {
    let top = 0;
    for (let i = 0; i < rows; i++) top = Math.max(top, Math.abs(data[i * columns + j]));
    scales[j] = top / 127 || 1;
  }
  const values = Int8Array.from(data, (x, k) => toInt8(x / scales[k % columns]));
  return { shape: [rows, columns], values, scales };
}

/** Symmetric int8 with one scale a row, for a table whose rows are gathered by id. */
export function quantiseRows({ shape: [rows, columns], data }) {
  const scales = new Float32Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * columns, (i + 1) * columns);
    scales[i] = row.reduce((top, x) => Math.max(top, Math.abs(x)), 0) / 127 || 1;
  }
  const values = Int8Array.from(data, (x, k) => toInt8(x / scales[Math.floor(k / columns)]));
  return { shape: [rows, columns], values, scales };
}

export function scaleBy(data, factor) {
  return data.map((x) => x * factor);
}

function toInt8(x) {
  return Math.max(-127, Math.min(127, Math.round(x)));
}
