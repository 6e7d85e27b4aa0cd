/** The map of places: which regions and zones there are, and what role each plays. */
import type { DiagramGraph, Place } from './diagram-graph.js';
import type { Ink, Paint } from './ink.js';
import type { Layout } from './layout.js';
import { placeHeight, placeZoneGap, placeZones, placeZoneWidth } from './layout-places.js';
import { at, box, escapeText, singlePointTab, textLine, textPieces } from './markup.js';
import { smallSize } from './sizes.js';
import type { Standing } from './standing.js';
import { hatch, lostCross } from './state-marks.js';
import { fitText, textWidth } from './text-width.js';

/** All regions in their boxes, with a caption. */
export function placesPanel(ink: Ink, graph: DiagramGraph, layout: Layout, standing: Standing): string {
  const caption = layout.places.caption;
  if (caption === undefined) return '';
  let drawn = textLine(ink, caption.x, caption.y, 'Places', { weight: 'bold' });
  graph.places.forEach((place, index) => {
    const rectangle = layout.places.boxes[index];
    if (rectangle === undefined) return;
    const body = regionBox(ink, place, index, rectangle.width, standing);
    drawn += `<g transform="translate(${at(rectangle.x)} ${at(rectangle.y)})">${body}</g>`;
  });
  return drawn;
}

function regionBox(ink: Ink, place: Place, index: number, width: number, standing: Standing): string {
  const own = standing.site(place.site);
  const lost = standing.isLost(place.site);
  const dash = place.role === 'active' ? {} : { dash: place.role === 'standby' ? '8 4' : '2 3' };
  const planned = place.role === 'unused' ? 'not used' : place.role;
  const role = lost ? 'LOST' : own?.promoted === true ? 'promoted' : planned;
  const zones = place.zones.length > placeZones ? place.zones.slice(0, placeZones - 1) : place.zones;
  const rest = place.zones.length - zones.length;
  const cells = zones.length + (rest > 0 ? 1 : 0);
  const zonesLeft = width - 8 - cells * (placeZoneWidth + placeZoneGap) + placeZoneGap;
  const middle = placeHeight / 2;
  const roleWidth = textWidth(role, smallSize);
  const nameRoom = zonesLeft - 10 - 8 - roleWidth - 8;
  const alone = place.single ? ' Its loss alone takes a journey down.' : '';
  const outline: Paint = lost ? { stroke: 'fg', width: 2.4 } : { stroke: 'bd', width: 1.4, ...dash };
  let region = box(ink, 0, 0, width, placeHeight, 8, { fill: 'bg', ...outline });
  if (lost) region += hatch(ink, 1, 1, width - 2, placeHeight - 2, 7);
  region += textPieces(ink, 10, middle, [
    { text: fitText(place.label, nameRoom, smallSize, 'bold'), weight: 'bold' },
    { text: role, off: 4, ...(lost ? { weight: 'bold' } : { role: 'mu' }) },
  ]);
  if (place.single) region += singlePointTab(ink, 64, 0);
  const stateSays = own?.says === undefined ? '' : ` ${own.says}`;
  let drawn = target(ink, `p${index}`, place.site, `Region ${place.label}, ${role}.${stateSays}${alone}`, region);
  zones.forEach((zone, position) => {
    const x = zonesLeft + position * (placeZoneWidth + placeZoneGap);
    const off = standing.isLost(zone.site);
    const border: Paint = off
      ? { stroke: 'fg', width: 1.6 }
      : { stroke: zone.single ? 'down' : 'hair', width: zone.single ? 1.8 : 1 };
    let cell = box(ink, x, 6, placeZoneWidth, placeHeight - 12, 4, { fill: 'card', ...border });
    if (off)
      cell += hatch(ink, x + 1, 7, placeZoneWidth - 2, placeHeight - 14, 3) + lostCross(ink, x + placeZoneWidth - 9, middle);
    const label = textLine(ink, x + (off ? 9 : placeZoneWidth / 2), middle, zone.label, {
      weight: 'bold',
      anchor: 'middle',
      room: off ? 14 : placeZoneWidth - 6,
    });
    const zoneState = standing.site(zone.site);
    const told = `${off ? ' Lost.' : ''}${zoneState?.says === undefined ? '' : ` ${zoneState.says}`}`;
    const says = `Zone ${zone.site}.${told}${zone.single ? ' Its loss alone takes a journey down.' : ''}`;
    drawn += target(ink, `p${index}z${position}`, zone.site, says, cell + label);
  });
  if (rest > 0) {
    const x = zonesLeft + zones.length * (placeZoneWidth + placeZoneGap);
    drawn += textLine(ink, x + placeZoneWidth / 2, middle, `+${rest}`, { anchor: 'middle', room: placeZoneWidth });
  }
  return drawn;
}

function target(ink: Ink, id: string, site: string, says: string, body: string): string {
  const attributes = ink.interactive
    ? ` data-key="${id}" data-site="${escapeText(site)}" tabindex="0" role="button" aria-label="${escapeText(says)}" class="target"`
    : '';
  return `<g${attributes}><title>${escapeText(says)}</title>${body}</g>`;
}
