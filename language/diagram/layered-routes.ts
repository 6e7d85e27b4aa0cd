/** The lines between two rows, each on a track of its own: the third step of the quick layered drawing. */

/** A piece of a line from the lower side of one row to the upper side of the next. */
export interface Piece {
  readonly top: number;
  /** May be moved a little where it would lie on the vertical part of another. */
  bottom: number;
  /** The lower end: equal for pieces that end in the same place. */
  readonly moved: (by: number) => void;
  track: number;
}

/** Two vertical parts nearer than this would look like one. In pixels. */
const apart = 3;
const nudge = 4;

/**
 * Gives every piece that is not straight a track: pieces on one track do not touch, and where one leaves above the place
 * where another arrives, it lies above it. Answers the number of tracks.
 */
export function assignTracks(pieces: readonly Piece[]): number {
  const bent = pieces.filter((piece) => Math.abs(piece.top - piece.bottom) >= 0.5);
  // Those that go right from the right, then those that go left from the left: so the fewest of them cross.
  bent.sort((a, b) => {
    const right = a.bottom > a.top;
    if (right !== b.bottom > b.top) return right ? -1 : 1;
    return right ? b.top - a.top : a.top - b.top;
  });
  const above = constraints(bent);
  const order = sorted(bent, above);
  const tracks: Piece[][] = [];
  for (const index of order) {
    const piece = bent[index];
    if (piece === undefined) continue;
    let track = 0;
    for (const before of above[index] ?? []) track = Math.max(track, (bent[before]?.track ?? -1) + 1);
    while (tracks[track]?.some((other) => touches(piece, other)) === true) track += 1;
    while (tracks.length <= track) tracks.push([]);
    tracks[track]?.push(piece);
    piece.track = track;
  }
  return tracks.length;
}

/** For each piece, those that must lie above it: whoever leaves where it arrives. */
function constraints(bent: readonly Piece[]): number[][] {
  const byTop = bent.map((_, index) => index).sort((a, b) => (bent[a]?.top ?? 0) - (bent[b]?.top ?? 0));
  return bent.map((piece, index) => {
    const found: number[] = [];
    let low = 0;
    let high = byTop.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bent[byTop[middle] ?? 0]?.top ?? 0) <= piece.bottom - apart) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < byTop.length; at += 1) {
      const other = byTop[at] ?? 0;
      if ((bent[other]?.top ?? 0) >= piece.bottom + apart) break;
      if (other !== index) found.push(other);
    }
    return found;
  });
}

/** Pieces with those before them that must lie above; where that goes in a circle, one arrives a little further right. */
function sorted(bent: readonly Piece[], above: number[][]): readonly number[] {
  const state = new Uint8Array(bent.length);
  const order: number[] = [];
  for (let root = 0; root < bent.length; root += 1) {
    if (state[root] !== 0) continue;
    const stack: { readonly index: number; next: number }[] = [{ index: root, next: 0 }];
    state[root] = 1;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const before = above[top.index]?.[top.next];
      if (before === undefined) {
        state[top.index] = 2;
        order.push(top.index);
        stack.pop();
        continue;
      }
      top.next += 1;
      if (state[before] === 1) {
        const piece = bent[top.index];
        piece?.moved(nudge);
        if (piece !== undefined) piece.bottom += nudge;
        above[top.index] = (above[top.index] ?? []).filter((each) => each !== before);
        top.next -= 1;
      } else if (state[before] === 0) {
        state[before] = 1;
        stack.push({ index: before, next: 0 });
      }
    }
  }
  return order;
}

function touches(a: Piece, b: Piece): boolean {
  const left = Math.min(a.top, a.bottom);
  const right = Math.max(a.top, a.bottom);
  return Math.min(b.top, b.bottom) < right + apart && Math.max(b.top, b.bottom) > left - apart;
}
