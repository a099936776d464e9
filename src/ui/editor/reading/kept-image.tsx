import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../../core/context.ts';
import { type ImagePlace, imageUrl } from '../../core/images.ts';
import { L } from './later-words.ts';

interface Props {
  address: string;
  alt: string;
  /** CSS pixels, if the note says so. */
  width?: number | undefined;
  /** Of the note that shows it. */
  place: ImagePlace | null;
}

/** An image that is kept here; of any other what stands for it. */
export function KeptImage({ address, alt, width, place }: Props) {
  const ctx = useApp();
  const [url, setUrl] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    let here = true;
    void imageUrl(ctx, address, place).then((found) => {
      if (here) setUrl(found);
    });
    return () => {
      here = false;
    };
  }, [address, place?.path, place?.importPath]);
  if (url === null) return <span class="quiet">[{alt || L.imageGone}]</span>;
  return url ? <img src={url} alt={alt} width={width} /> : null;
}
