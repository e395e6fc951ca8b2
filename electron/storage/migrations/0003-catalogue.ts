import type { Migration } from '../migrate.ts'

/**
 * Articles, their categories, and two indexes over their names. A row is `live`, or `staged` by an import that is not
 * yet complete, or `gone`; only live rows have to be unique.
 */
export const catalogue: Migration = {
  version: 3,
  up: (db) => {
    db.script(`
CREATE TABLE category (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  colour TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX category_name ON category (name COLLATE NOCASE);

CREATE TABLE article (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('live', 'staged', 'gone')),
  name TEXT NOT NULL,
  code TEXT,
  plu TEXT,
  price_minor INTEGER,
  vat_basis_points INTEGER NOT NULL,
  unit TEXT NOT NULL,
  unit_decimals INTEGER NOT NULL,
  category_id TEXT,
  favourite INTEGER NOT NULL CHECK (favourite IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX article_id ON article (id) WHERE state = 'live';
CREATE UNIQUE INDEX article_code ON article (code) WHERE state = 'live' AND code IS NOT NULL;
CREATE UNIQUE INDEX article_plu ON article (plu) WHERE state = 'live' AND plu IS NOT NULL;
CREATE INDEX article_category ON article (category_id, name) WHERE state = 'live' AND category_id IS NOT NULL;
CREATE INDEX article_favourite ON article (name) WHERE state = 'live' AND favourite = 1;
CREATE INDEX article_not_live ON article (state) WHERE state <> 'live';

CREATE VIRTUAL TABLE article_word USING fts5(
  name, content = 'article', content_rowid = 'n',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6'
);
CREATE VIRTUAL TABLE article_part USING fts5(
  name, content = 'article', content_rowid = 'n', tokenize = 'trigram remove_diacritics 1'
);
CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
  INSERT INTO article_word (rowid, name) VALUES (NEW.n, NEW.name);
  INSERT INTO article_part (rowid, name) VALUES (NEW.n, NEW.name);
END;
CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN
  INSERT INTO article_word (article_word, rowid, name) VALUES ('delete', OLD.n, OLD.name);
  INSERT INTO article_part (article_part, rowid, name) VALUES ('delete', OLD.n, OLD.name);
END;
CREATE TRIGGER article_renamed AFTER UPDATE OF name ON article WHEN NEW.name IS NOT OLD.name BEGIN
  INSERT INTO article_word (article_word, rowid, name) VALUES ('delete', OLD.n, OLD.name);
  INSERT INTO article_part (article_part, rowid, name) VALUES ('delete', OLD.n, OLD.name);
  INSERT INTO article_word (rowid, name) VALUES (NEW.n, NEW.name);
  INSERT INTO article_part (rowid, name) VALUES (NEW.n, NEW.name);
END;
`)
  },
}
