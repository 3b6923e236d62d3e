package io.picklift.app.detect;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognizes the application that a column of pickles belongs to, by the names of table and column
 * and by the classes that the pickles name.
 */
final class Applications {
  /**
   * What tells an application.
   *
   * @param place the table and the column, in lower case
   * @param content a name in the pickles; empty where the place is enough
   */
  private record Sign(String application, Pattern place, String content) {
    Sign(String application, String place) {
      this(application, Pattern.compile(place), "");
    }

    static Sign ofContent(String application, String content) {
      return new Sign(application, Pattern.compile(".*"), content);
    }
  }

  private static final List<Sign> SIGNS =
      List.of(
          new Sign("web2py sessions", "web2py_session_.*\\.session_data"),
          new Sign("Django sessions", ".*session\\.session_data"),
          new Sign("Evennia", "typeclasses_attribute\\.db_(value|strvalue)"),
          new Sign("Evennia", "server_serverconfig\\.db_value"),
          new Sign("Evennia", "scripts_scriptdb.*\\.db_.*"),
          new Sign("APScheduler 3", ".*\\.job_state"),
          new Sign("APScheduler", ".*schedules\\.(trigger|serialized_data)"),
          new Sign("APScheduler", "(jobs|job_results)\\.(serialized_data|return_value|exception)"),
          new Sign("Celery results", "celery_(taskmeta|tasksetmeta|groupmeta)\\..*"),
          new Sign("django-celery-results", "django_celery_results_.*\\..*"),
          new Sign("django-celery", "(djcelery|djkombu)_.*\\..*"),
          new Sign("django-celery-beat", "django_celery_beat_.*\\..*"),
          new Sign("RelStorage (ZODB)", "(hf_)?object_(state|history)\\.state"),
          new Sign("Airflow", "xcom\\.value"),
          new Sign("Airflow", "(task_instance(_history)?|dag_pickle|dag_run|trigger)\\..*"),
          new Sign("Google ADK", "events\\.actions"),
          new Sign("django-constance", "constance_(config|constance)\\.value"),
          new Sign("django-q", "django_q_.*\\..*"),
          new Sign("Gramps", ".*\\.blob_data"),
          new Sign("Beaker", "beaker_cache\\.data"),
          new Sign("Flask-Session", "(flask_)?sessions\\.data"),
          new Sign("huey", "(huey_)?(kv|task|schedule)\\.(value|data)"),
          new Sign("Kombu", "kombu_message\\.payload"),
          new Sign("Sentry", "(nodestore_node|sentry_.*)\\.(data|value)"),
          new Sign("Superset", "(superset_)?(key_value|cache_keys)\\.value"),
          new Sign("Odoo", "ir_values\\.value"),
          new Sign(
              "LangGraph", "(checkpoints|checkpoint_blobs|checkpoint_writes)\\.(checkpoint|blob)"),
          new Sign("django-mailer", "mailer_.*\\.message_data"),
          new Sign("django-evolution", "django_(project_version|evolution)\\..*"),
          new Sign("NAV", "netboxinfo\\.val"),
          new Sign("Django cache", ".*cache.*\\.value"),
          Sign.ofContent("APScheduler 3", "apscheduler."),
          Sign.ofContent("Evennia", "evennia."),
          Sign.ofContent("ZODB", "persistent."),
          Sign.ofContent("ZODB", "BTrees."),
          Sign.ofContent("Celery", "celery."),
          Sign.ofContent("Airflow", "airflow."),
          Sign.ofContent("Google ADK", "google.adk."),
          Sign.ofContent("Ren'Py", "renpy."),
          Sign.ofContent("Django", "django."),
          Sign.ofContent("scikit-learn", "sklearn."),
          Sign.ofContent("pandas", "pandas."),
          Sign.ofContent("NumPy", "numpy."));

  private Applications() {}

  /**
   * The application; empty for none that is known.
   *
   * @param wrapping what is around most of the pickles
   * @param tables the names of the schema's tables
   */
  static String of(
      String table,
      String column,
      Collection<String> names,
      String wrapping,
      Collection<String> tables) {
    String place = (table + "." + column).toLowerCase(Locale.ROOT);
    for (Sign sign : SIGNS) {
      boolean isNamed =
          sign.content().isEmpty() || names.stream().anyMatch(n -> n.startsWith(sign.content()));
      if (isNamed && sign.place().matcher(place).matches()) {
        return sign.application();
      }
    }
    // A table of the user's own; those beside it tell the framework that made it.
    boolean isDjango = tables.stream().anyMatch(t -> t.matches("django_.+|auth_user"));
    if (isDjango && wrapping.startsWith("base64")) {
      return "Django (picklefield)";
    }
    return tables.contains("alembic_version") ? "SQLAlchemy (PickleType)" : "";
  }
}
