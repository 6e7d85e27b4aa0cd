/** Where the map of places stands, and what the header and the drawing leave free for it. */
import type { Place } from './diagram-graph.js';
import type { Placed } from './elk-graph.js';
import type { Point } from './layout.js';
import { segments } from './layout-score.js';
import { smallSize } from './sizes.js';
import { textWidth } from './text-width.js';

/** Title and summary; always this high, so that a longer or shorter summary moves nothing. */
export const headerHeight = 64;
export const placeHeight = 34;
export const placePitch = 42;
export const placeCaption = 24;
export const placeZoneWidth = 32;
export const placeZoneGap = 4;
/** Zones of a region that the map shows; a region with more ends in `+n`. */
export const placeZones = 6;

const margin = 16;
const smallestPlace = 180;
const clearance = 14;

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacesLayout {
  /** Where the caption stands; absent when there is no place. */
  readonly caption?: Point;
  /** One box for each region, in order. */
  readonly boxes: readonly Rectangle[];
  /** How far the drawing moves down to make room. */
  readonly push: number;
}

/**
 * Beside the drawing's upper left or upper right corner where nothing stands in the way, else in lines above it.
 * `nodes` are the sizes of `placed.nodes`, in order; `width` is that of the picture.
 */
export function layoutPlaces(
  places: readonly Place[],
  placed: Placed,
  nodes: readonly { readonly width: number; readonly height: number }[],
  offsetX: number,
  width: number,
): PlacesLayout {
  if (places.length === 0) return { boxes: [], push: 0 };
  const boxWidth = placeWidth(places);
  const height = placeCaption + places.length * placePitch;
  for (const x of [margin, width - margin - boxWidth]) {
    const panel = { x: x - offsetX - clearance, y: -clearance, width: boxWidth + 2 * clearance, height: height + clearance };
    if (x < margin || hit(panel, placed, nodes)) continue;
    const boxes = places.map((_, index) => ({
      x,
      y: headerHeight + placeCaption + index * placePitch,
      width: boxWidth,
      height: placeHeight,
    }));
    return { caption: { x, y: headerHeight + 6 }, boxes, push: 0 };
  }
  const perLine = Math.max(1, Math.floor((width - 2 * margin + 12) / (boxWidth + 12)));
  const lines = Math.ceil(places.length / perLine);
  const boxes = places.map((_, index) => ({
    x: margin + (index % perLine) * (boxWidth + 12),
    y: headerHeight + placeCaption + Math.floor(index / perLine) * placePitch,
    width: boxWidth,
    height: placeHeight,
  }));
  return { caption: { x: margin, y: headerHeight + 6 }, boxes, push: placeCaption + lines * placePitch + 12 };
}

/** The width of the boxes: all alike, by the widest name and the longest list of zones. */
function placeWidth(places: readonly Place[]): number {
  const name = Math.max(...places.map((place) => Math.min(140, textWidth(place.label, smallSize, 'bold'))));
  const zones = Math.min(placeZones, Math.max(...places.map((place) => place.zones.length)));
  const needed = 10 + name + 8 + textWidth('promoted', smallSize) + 12 + zones * (placeZoneWidth + placeZoneGap) + 8;
  return Math.max(smallestPlace, Math.ceil(needed));
}

function hit(panel: Rectangle, placed: Placed, nodes: readonly { readonly width: number; readonly height: number }[]): boolean {
  const inside = (left: number, top: number, right: number, bottom: number): boolean =>
    right > panel.x && left < panel.x + panel.width && bottom > panel.y && top < panel.y + panel.height;
  const node = placed.nodes.some((corner, index) => {
    const size = nodes[index];
    return size !== undefined && inside(corner.x, corner.y, corner.x + size.width, corner.y + size.height);
  });
  if (node) return true;
  return placed.edges.some((route) =>
    segments(route).some(([from, to]) =>
      inside(Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)),
    ),
  );
}
