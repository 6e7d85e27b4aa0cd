/** Words that a model already uses, so that one owner is not written in three ways. */
import type { LangiumDocument } from 'langium';
import type { Detail, Statement } from '../../generated/ast.js';
import { fileOf } from '../imports.js';

/** Words by key, each with how often it stands there; `engine postgres` holds the versions of that engine. */
export type UsedWords = ReadonlyMap<string, ReadonlyMap<string, number>>;

type Add = (key: string, word: string | undefined) => void;

/** Collects the words of all files given. Linear in their statements. */
export function usedWords(documents: Iterable<LangiumDocument>): UsedWords {
  const used = new Map<string, Map<string, number>>();
  const add: Add = (key, word) => {
    if (word === undefined || word === '') return;
    let words = used.get(key);
    if (words === undefined) {
      words = new Map();
      used.set(key, words);
    }
    words.set(word, (words.get(word) ?? 0) + 1);
  };
  for (const document of documents) {
    for (const element of fileOf(document)?.elements ?? []) {
      if (!('statements' in element)) continue;
      for (const statement of element.statements) {
        if (statement.$type === 'Zone') for (const detail of statement.details) addWords(detail, add);
        else if (statement.$type !== 'ZoneList') addWords(statement, add);
      }
    }
  }
  return used;
}

type AnyStatement = Statement | Detail | { readonly $type: string };

function addWords(statement: AnyStatement, add: Add): void {
  if (!isCounted(statement)) return;
  switch (statement.$type) {
    case 'Text':
      add(statement.key, statement.value);
      break;
    case 'Words':
      for (const word of statement.values) add(statement.key, word);
      break;
    case 'Versioned':
      add(statement.key, statement.value);
      add(`${statement.key} ${statement.value}`, statement.version);
      break;
    case 'ManagedBy':
      add('operator', statement.operator);
      break;
    case 'Accepts':
      add('owner', statement.owner);
      break;
    case 'SoftwareVersion':
      add('version', statement.name);
      add(`version ${statement.name}`, statement.version);
      break;
  }
}

type Counted = Extract<Statement, { $type: 'Text' | 'Words' | 'Versioned' | 'ManagedBy' | 'Accepts' | 'SoftwareVersion' }>;

const counted: ReadonlySet<string> = new Set(['Text', 'Words', 'Versioned', 'ManagedBy', 'Accepts', 'SoftwareVersion']);

function isCounted(statement: AnyStatement): statement is Counted {
  return counted.has(statement.$type);
}
