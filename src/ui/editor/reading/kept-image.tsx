import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../../core/context.ts';
import { imageUrl } from '../../core/images.ts';
import { L } from './later-words.ts';

/** An image that is kept here; of any other what stands for it. */
export function KeptImage({ address, alt }: { address: string; alt: string }) {
  const ctx = useApp();
  const [url, setUrl] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    let here = true;
    void imageUrl(ctx, address).then((found) => {
      if (here) setUrl(found);
    });
    return () => {
      here = false;
    };
  }, [address]);
  if (url === null) return <span class="quiet">[{alt || L.imageGone}]</span>;
  return url ? <img src={url} alt={alt} /> : null;
}
