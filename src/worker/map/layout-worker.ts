/** ENTRY, a worker of the engine worker: UMAP's first step is one long task, so it gets a realm. */
import { type LayoutJob, layOut } from './layout.ts';

export type LayoutMessage = { share: number } | { places: Float32Array };

addEventListener('message', ({ data }: MessageEvent<LayoutJob>) => {
  const tell = (message: LayoutMessage): void => postMessage(message);
  tell({ places: layOut(data, (share) => tell({ share })) });
});
