/** One IndexedDB store of numbered values, for packages that leave the saving to their user. */
const NAME = 'bench-saved';

const request = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

async function open() {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('values');
  return request(asked);
}

export async function putAll(values) {
  const db = await open();
  const tx = db.transaction('values', 'readwrite');
  const store = tx.objectStore('values');
  values.forEach((value, i) => {
    store.put(value, i);
  });
  await new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onabort = () => reject(tx.error);
  });
  db.close();
}

export async function getAll() {
  const db = await open();
  const values = await request(db.transaction('values').objectStore('values').getAll());
  db.close();
  return values;
}
