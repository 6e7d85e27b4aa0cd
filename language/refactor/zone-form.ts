/** Zones written as one list, or as a block each so that they can say more. */
import { isRegion, isZone, isZoneList, type Region, type Zone } from '../generated/ast.js';
import { type RefactorContext, type Refactoring, touches } from './refactoring.js';
import { lineBreakOf, lineStart } from './statement-text.js';

/** `Write zones a, b, c as blocks` on a list; `Write zones a, b, c as one list` on blocks that say nothing. */
export function convertZones(context: RefactorContext): readonly Refactoring[] {
  const region = context.touched.find(isRegion);
  return region === undefined ? [] : [...toBlocks(region, context), ...toList(region, context)];
}

function toBlocks(region: Region, { document, selection }: RefactorContext): readonly Refactoring[] {
  const list = region.statements.filter(isZoneList).find((each) => {
    const cst = each.$cstNode;
    return cst !== undefined && touches(selection, { start: cst.offset, end: cst.end });
  });
  const cst = list?.$cstNode;
  if (list === undefined || cst === undefined) return [];
  const text = document.textDocument.getText();
  const from = lineStart(text, cst.offset);
  const before = text.slice(from, cst.offset);
  const separator = /^\s*$/.test(before) ? `${lineBreakOf(text)}${before}` : '  ';
  const names = list.zones.map((zone) => zone.name);
  return [
    {
      kind: 'rewrite',
      title: `Write ${names.length === 1 ? `zone ${names[0]} as a block` : `zones ${names.join(', ')} as blocks`}`,
      changes: [
        {
          uri: document.uri.toString(),
          start: cst.offset,
          end: cst.end,
          text: names.map((name) => `zone ${name} { }`).join(separator),
        },
      ],
    },
  ];
}

/** The zone blocks in a row around the caret that say nothing but their names. */
function toList(region: Region, { document, selection }: RefactorContext): readonly Refactoring[] {
  const text = document.textDocument.getText();
  const rows: Zone[][] = [];
  let last: number | undefined;
  for (const statement of region.statements) {
    const cst = statement.$cstNode;
    if (
      !isZone(statement) ||
      cst === undefined ||
      statement.title !== undefined ||
      statement.details.length > 0 ||
      /\/[/*]/.test(cst.text)
    ) {
      last = undefined;
      continue;
    }
    // A comment between two zones would have no place in a list.
    if (last !== undefined && /^\s*$/.test(text.slice(last, cst.offset))) rows.at(-1)?.push(statement);
    else rows.push([statement]);
    last = cst.end;
  }
  for (const row of rows) {
    const start = row[0]?.$cstNode?.offset;
    const end = row.at(-1)?.$cstNode?.end;
    if (start === undefined || end === undefined || !touches(selection, { start, end })) continue;
    const names = row.map((zone) => zone.name).join(', ');
    const title = row.length === 1 ? `Write zone ${names} without a block` : `Write zones ${names} as one list`;
    return [{ kind: 'rewrite', title, changes: [{ uri: document.uri.toString(), start, end, text: `zones ${names}` }] }];
  }
  return [];
}
