/** What a file of a picture is called where nobody has said it: the model, the part that is shown, and what is off. */
import { isDeviceName } from '../../model/device-names.js';
import type { View } from '../views.js';
import { isAnythingOff, type Switches, switchName } from '../what-if/switches.js';

/** So many things that are off are named. */
const mostNamed = 2;
/** A name that every file system takes, with room for its ending: they allow 255 bytes of UTF-8, or as many characters. */
const mostCharacters = 100;
const mostBytes = 200;

/**
 * The name of a file, without its ending: `shop`, `shop-journey-buy`, `shop-data-without-north`, `shop-placement-scenario-dark`.
 * No letter of it means anything to a file system.
 */
export function fileNameOf(
  model: string,
  shown: { readonly view: View; readonly isPlacement?: boolean; readonly switches: Switches },
): string {
  const parts = [
    model,
    ...viewParts(shown.view),
    ...(shown.isPlacement === true ? ['placement'] : []),
    ...(isAnythingOff(shown.switches) ? offParts(shown.switches) : []),
  ];
  const name = cut(parts.join('-').replace(/[^\p{L}\p{N}._-]+/gu, '-')).replace(/^[.-]+|[.-]+$/g, '') || 'picture';
  return isDeviceName(name) ? `picture-${name}` : name;
}

function cut(name: string): string {
  let kept = '';
  let bytes = 0;
  for (const character of [...name].slice(0, mostCharacters)) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
    if (bytes > mostBytes) break;
    kept += character;
  }
  return kept;
}

function viewParts(view: View): readonly string[] {
  switch (view.kind) {
    case 'system':
      return [];
    case 'data':
    case 'regions':
      return [view.kind];
    case 'journey':
    case 'region':
    case 'component':
      return [view.kind, view.name];
  }
}

function offParts({ scenario, off }: Switches): readonly string[] {
  const named = off
    .slice(0, mostNamed)
    .map((each) => (each.kind === 'replica' ? `${each.count}-${switchName(each)}` : switchName(each)));
  const more = off.length > mostNamed ? [`${off.length - mostNamed}-more`] : [];
  const lost = [...named, ...more].join('-and-');
  return [...(scenario === undefined ? [] : ['scenario', scenario]), ...(lost === '' ? [] : ['without', lost])];
}
