import { type LeftOut as Part, totalLeftOut } from '../../../markdown/left-out.ts';
import { LO } from '../../core/left-out-words.ts';
import './left-out.css';

/** Says how much of the open note search leaves out, and why. */
export function LeftOut({ all }: { all: readonly Part[] }) {
  return (
    <details class="left-out">
      <summary class="quiet">{LO.notSearched(totalLeftOut(all))}</summary>
      <p class="quiet">{LO.why}</p>
      <ul class="quiet">
        {all.map((one) => (
          <li key={one.kind}>{LO.kind(one)}</li>
        ))}
      </ul>
    </details>
  );
}
