//! The tests of faults bite: commits that are broken on purpose, in a build with the feature `broken-commits`, are caught.

use super::calls::try_faults;
use super::power_cut::cut_everywhere;
use super::{Case, first_ingest, has_strace};
use crate::long::{is_long, say};

const WAYS: [&str; 5] = ["no-file-sync", "no-directory-sync", "no-parent-sync", "manifest-first", "in-place"];

#[test]
fn broken_commits_are_caught() {
    if !has_strace() {
        return;
    }
    for way in WAYS {
        let case = Case { broken: Some(way), ..first_ingest() };
        let cut = cut_everywhere(&case);
        assert!(cut.is_err(), "{way} is not caught by power cuts");
        let by_calls = is_long() && try_faults(&case).is_err();
        say(&format!("{way}: caught by power cuts{}", if by_calls { " and by faults at calls" } else { "" }));
    }
}
