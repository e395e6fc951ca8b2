import type { Migration } from '../migrate.ts'

const forever = 9_000_000_000_000_000

/**
 * Articles, their categories, and two indexes over their names. A row is seen from one generation of the catalogue
 * until another, so that an import can put all of its rows aside and show them by counting the generation up.
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

CREATE TABLE catalogue (id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL) STRICT;
INSERT INTO catalogue (id, generation) VALUES (1, 1);
CREATE TABLE article (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  from_generation INTEGER NOT NULL,
  until_generation INTEGER NOT NULL,
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
CREATE INDEX article_id ON article (id, from_generation, until_generation);
CREATE INDEX article_code ON article (code, from_generation, until_generation) WHERE code IS NOT NULL;
CREATE INDEX article_plu ON article (plu, from_generation, until_generation) WHERE plu IS NOT NULL;
CREATE INDEX article_category ON article (category_id, name) WHERE category_id IS NOT NULL;
CREATE INDEX article_favourite ON article (name) WHERE favourite = 1;
CREATE INDEX article_from ON article (from_generation);
CREATE INDEX article_until ON article (until_generation) WHERE until_generation < ${forever};
CREATE VIEW live_article AS SELECT * FROM article
  WHERE from_generation <= (SELECT generation FROM catalogue) AND until_generation > (SELECT generation FROM catalogue);

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
