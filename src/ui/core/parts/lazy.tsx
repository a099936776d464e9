import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { S } from '../strings.ts';

const LOADING = <p class="quiet pad">{S.loading}</p>;

/**
 * A view whose code is fetched when it is first shown.
 * @param meanwhile stands in its place until then
 */
export function lazy<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: VNode | null = LOADING,
): ComponentType<P> {
  let known: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (known) return;
      load().then(
        (View) => {
          known = View;
          redraw((times) => times + 1);
        },
        () => setFailed(true),
      );
    }, []);
    if (failed) return <p role="alert">{S.viewFailed}</p>;
    const View = known;
    return View ? <View {...props} /> : meanwhile;
  };
}
