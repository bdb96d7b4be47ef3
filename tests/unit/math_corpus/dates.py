"""Arithmetic of dates and times."""

PROGRAMS: list[tuple[str, str]] = [
    ("from datetime import date\nd1 = date(2024, 1, 1)\nd2 = date(2024, 3, 1)\n(d2 - d1).days",
     "60"),
    ("from datetime import datetime, timedelta\ntoday = datetime(2021, 12, 31)\n"
     "tomorrow = today + timedelta(days=1)\nanswer = tomorrow.strftime('%m/%d/%Y')\nprint(answer)",
     "01/01/2022"),
    ("import datetime\nbirthday = datetime.date(1990, 5, 17)\nprint(birthday.weekday())", "3"),
    ("import datetime as dt\nd = dt.date(2000, 2, 29)\nprint(d.strftime('%A, %d %B %Y'))",
     "Tuesday, 29 February 2000"),
    ("from datetime import datetime, timedelta\nstart = datetime(2023, 3, 10, 22, 30)\n"
     "end = start + timedelta(hours=5, minutes=45)\nprint(end)", "2023-03-11 04:15:00"),
    ("from datetime import date, timedelta\nd = date(2024, 2, 28) + timedelta(weeks=1)\nd",
     "2024-03-06"),
    ("from datetime import date\ndate(2019, 7, 4).isoweekday()", "4"),
    ("import calendar\nsum(1 for y in range(1900, 2001) if calendar.isleap(y))", "25"),
    ("import calendar\nfirst, days = calendar.monthrange(2023, 2)\nprint(first, days)", "2 28"),
    ("from datetime import date\ncount = 0\nfor year in range(1901, 2001):\n"
     "    for month in range(1, 13):\n        if date(year, month, 1).weekday() == 6:\n"
     "            count += 1\nprint(count)", "171"),
    ("from datetime import datetime\na = datetime.strptime('2024-03-15', '%Y-%m-%d')\n"
     "b = datetime.strptime('2024-12-25', '%Y-%m-%d')\nprint((b - a).days)", "285"),
    ("from datetime import date\nd = date.fromisoformat('2022-11-05')\n"
     "print(d.year, d.month, d.day)", "2022 11 5"),
    ("from datetime import date\nborn = date(1985, 8, 23)\nday = date(2020, 3, 1)\n"
     "age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))\nage", "34"),
    ("from datetime import timedelta\nt = timedelta(hours=2, minutes=30) * 3\n"
     "print(t.total_seconds() / 3600)", "15/2"),
    ("from datetime import timedelta\nprint(timedelta(days=1, hours=6) / timedelta(hours=1))",
     "30"),
    ("from datetime import timedelta\nprint(timedelta(minutes=135))", "2:15:00"),
    ("from datetime import date\nd = date(2020, 12, 25)\nd.replace(year=2021).strftime('%a')",
     "Sat"),
    ("from datetime import date\nsorted([date(2021, 5, 1), date(2020, 1, 1)])[0].isoformat()",
     "2020-01-01"),
    ("from datetime import date\nd = date(2024, 12, 31)\nd.timetuple().tm_yday", "366"),
    ("from datetime import date\n(date(2024, 12, 31) - date(2024, 1, 1)).days // 7", "52"),
    ("from datetime import date, timedelta\nd = date(2023, 6, 1)\nwhile d.weekday() != 4:\n"
     "    d += timedelta(days=1)\nprint(d)", "2023-06-02"),
    ("from datetime import date, timedelta\nstart, end = date(2024, 5, 1), date(2024, 5, 31)\n"
     "days = (end - start).days + 1\n"
     "sum((start + timedelta(i)).weekday() < 5 for i in range(days))", "23"),
    ("from datetime import datetime\nt1 = datetime(2020, 1, 1, 9, 15)\n"
     "t2 = datetime(2020, 1, 1, 17, 0)\nseconds = (t2 - t1).seconds\n"
     "print(seconds // 3600, seconds % 3600 // 60)", "7 45"),
    ("def is_leap(year):\n    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)\n"
     "[y for y in [1900, 2000, 2023, 2024] if is_leap(y)]", "[2000, 2024]"),
    ("def zeller(day, month, year):\n    if month < 3:\n        month += 12\n        year -= 1\n"
     "    k, j = year % 100, year // 100\n"
     "    return (day + 13*(month + 1)//5 + k + k//4 + j//4 + 5*j) % 7\nzeller(20, 7, 1969)", "1"),
    ("days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']\n"
     "result = days[(days.index('Wed') + 100) % 7]", "Fri"),
    ("start = 9 * 60 + 50\nend = 14 * 60 + 5\nelapsed = end - start\n"
     "print(f'{elapsed // 60}:{elapsed % 60:02d}')", "4:15"),
    ("from datetime import datetime, timedelta\ndate_today = datetime(2002, 3, 12)\n"
     "one_week_ago = date_today - timedelta(weeks=1)\nprint(one_week_ago.date())", "2002-03-05"),
    ("from datetime import date\nd = date(2024, 1, 31)\nmonth = d.month % 12 + 1\n"
     "print(date(d.year, month, 29))", "2024-02-29"),
    ("from datetime import date\ntry:\n    d = date(2023, 2, 29)\nexcept ValueError:\n"
     "    d = None\nprint(d)", "None"),
    ("from datetime import date\n"
     "fridays = [m for m in range(1, 13) if date(2015, m, 13).weekday() == 4]\nfridays",
     "[2, 3, 11]"),
    ("from datetime import date\na, b = date(2024, 2, 1), date(2023, 2, 1)\n"
     "print(a > b, max(a, b), a == b)", "True 2024-02-01 False"),
    ("import calendar\ncalendar.month_name[9] + ' ' + calendar.day_name[0]", "September Monday"),
    ("from datetime import date\nd = date(2026, 1, 1)\nprint(f'{d:%Y/%m/%d} {d}')",
     "2026/01/01 2026-01-01"),
    ("from datetime import date\ndate(2021, 1, 4).isocalendar()[1]", "1"),
    ("from datetime import datetime\nd = datetime(2024, 7, 9, 14, 5)\n"
     "d.strftime('%I:%M %p') + d.strftime(' %j')", "02:05 PM 191"),
]  # fmt: skip
