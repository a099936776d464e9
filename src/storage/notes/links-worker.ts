/** ENTRY, a worker of the page: reads what whole texts link to, beside whatever the page does. */
import { linkKeys } from './read-links.ts';

addEventListener('message', ({ data }: MessageEvent<{ n: number; text: string }>) => {
  const { n, text } = data;
  postMessage({ n, links: linkKeys(text, text.length) });
});
