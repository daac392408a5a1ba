//! The triggers for PostgreSQL, which has concurrent writers.
//!
//! A transaction that adds a row reads the visibility of its parent; one that hides the parent updates the existing
//! rows. Neither sees uncommitted changes of the other, so one has to wait: an insertion locks the parent `FOR KEY
//! SHARE`, as foreign keys do, and a change of visibility locks it `FOR UPDATE`. Other insertions, and updates of seat
//! counts, do not wait.

use super::written;

const CREATE: &str = "
CREATE FUNCTION program_visible_changes() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION 'whether a program is visible is changed in transactions that are READ COMMITTED'
            USING ERRCODE = 'feature_not_supported',
                  DETAIL = 'The snapshot of this one may lack batches and placements that others have added since.';
    END IF;
END $$;

CREATE FUNCTION internship_program_announced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.announced := {announced NEW};
    IF TG_OP = 'UPDATE' AND {visible NEW} <> {visible OLD} THEN
        PERFORM program_visible_changes();
        PERFORM 1 FROM internship_program p WHERE p.id = OLD.id FOR UPDATE;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER internship_program_announced BEFORE INSERT OR UPDATE OF status, announced ON internship_program
    FOR EACH ROW EXECUTE FUNCTION internship_program_announced();

CREATE FUNCTION internship_program_visible() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE internship_batch SET program_visible = {visible NEW} WHERE program_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER internship_program_visible AFTER UPDATE OF status, announced ON internship_program
    FOR EACH ROW WHEN ({visible NEW} <> {visible OLD}) EXECUTE FUNCTION internship_program_visible();

CREATE FUNCTION internship_batch_visible() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.program_id <> OLD.program_id THEN
        PERFORM 1 FROM internship_program p WHERE p.id = NEW.program_id FOR KEY SHARE;
    END IF;
    NEW.program_visible := coalesce(
        (SELECT {visible p} FROM internship_program p WHERE p.id = NEW.program_id), NEW.program_visible);
    IF TG_OP = 'UPDATE' AND NEW.program_visible <> OLD.program_visible THEN
        PERFORM program_visible_changes();
        PERFORM 1 FROM internship_batch b WHERE b.id = OLD.id FOR UPDATE;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER internship_batch_visible BEFORE INSERT OR UPDATE OF program_id, program_visible ON internship_batch
    FOR EACH ROW EXECUTE FUNCTION internship_batch_visible();

CREATE FUNCTION internship_batch_beneath() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE training_session SET program_visible = NEW.program_visible WHERE batch_id = NEW.id;
    UPDATE placement SET program_visible = NEW.program_visible WHERE batch_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER internship_batch_beneath AFTER UPDATE OF program_id, program_visible ON internship_batch
    FOR EACH ROW WHEN (NEW.program_visible <> OLD.program_visible) EXECUTE FUNCTION internship_batch_beneath();

CREATE FUNCTION of_batch_visible() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    visible BOOLEAN;
BEGIN
    IF TG_OP = 'INSERT' OR NEW.batch_id <> OLD.batch_id THEN
        -- The program first, as who hides it does, or both could wait for each other. What is read is what was locked.
        SELECT b.program_visible INTO visible FROM internship_program p JOIN internship_batch b ON b.program_id = p.id
            WHERE b.id = NEW.batch_id FOR KEY SHARE OF p, b;
    END IF;
    -- Of a row that stays in its batch, or in one that was moved to another program before the lock was given.
    IF visible IS NULL THEN
        SELECT b.program_visible INTO visible FROM internship_batch b WHERE b.id = NEW.batch_id;
    END IF;
    NEW.program_visible := coalesce(visible, NEW.program_visible);
    RETURN NEW;
END $$;
CREATE TRIGGER training_session_visible BEFORE INSERT OR UPDATE OF batch_id, program_visible ON training_session
    FOR EACH ROW EXECUTE FUNCTION of_batch_visible();
CREATE TRIGGER placement_visible BEFORE INSERT OR UPDATE OF batch_id, program_visible ON placement
    FOR EACH ROW EXECUTE FUNCTION of_batch_visible();
";

/// The statements that drop the triggers.
pub(super) const DROP: &str = "
DROP TRIGGER internship_program_announced ON internship_program;
DROP TRIGGER internship_program_visible ON internship_program;
DROP TRIGGER internship_batch_visible ON internship_batch;
DROP TRIGGER internship_batch_beneath ON internship_batch;
DROP TRIGGER training_session_visible ON training_session;
DROP TRIGGER placement_visible ON placement;
DROP FUNCTION internship_program_announced();
DROP FUNCTION internship_program_visible();
DROP FUNCTION internship_batch_visible();
DROP FUNCTION internship_batch_beneath();
DROP FUNCTION of_batch_visible();
DROP FUNCTION program_visible_changes()";

/// The statements that create the triggers.
pub(super) fn create() -> String {
    written(CREATE)
}
