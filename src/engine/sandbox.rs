//! Fencing the engine process in: no network, no other programs, a limit to its memory, and of the file system only what
//! running a model takes.
//!
//! llama.cpp reads files that strangers made. On Linux: Landlock and seccomp as far as the kernel has them, and limits of
//! the process. Elsewhere nothing.

use std::path::Path;

/// Fences this process in, with only these files of a person's to read, at most one to write, which is there already, and so
/// many bytes of memory of its own; to be called before it starts threads. Answers what holds, in words for the person;
/// [`LACKING`] stands in them where something does not.
#[must_use]
pub fn enter(files: &[&Path], output: Option<&Path>, memory: Option<u64>) -> String {
    #[cfg(target_os = "linux")]
    {
        [linux::files(files, output), linux::calls(), linux::memory(memory)].join("; ")
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (files, output, memory);
        format!("{LACKING}: this system has no Landlock and no seccomp")
    }
}

/// What stands in the words where a part of the fence is lacking.
pub const LACKING: &str = "not fenced";

/// The most memory of its own, in bytes, that running a model may take; what is read of the model's file in place is not
/// counted. Twice the model, since weights may be kept again in the order the processor likes them; its KV cache, as if
/// every head had keys of its own; and 4 GiB for buffers, vocabulary and everything else.
#[must_use]
pub fn memory_for(bytes: u64, layers: u64, embedding: u64, context: u32) -> u64 {
    const ELSE: u64 = 4 << 30;
    // Keys and values, two bytes each.
    let cache = layers.saturating_mul(embedding).saturating_mul(context.into()).saturating_mul(4);
    bytes.saturating_mul(2).saturating_add(cache).saturating_add(ELSE)
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;
    use std::path::Path;

    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreatedAttr,
        RulesetError, RulesetStatus, path_beneath_rules,
    };
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    };

    use super::LACKING;

    /// The newest set of rules this was written for; older kernels enforce what they know of it.
    const RULES: ABI = ABI::V5;
    /// Libraries, GPU drivers and what they read of the machine.
    const READ: &[&str] = &["/usr", "/lib", "/lib64", "/etc", "/proc", "/sys", "/opt", "/nix", "/run/opengl-driver"];
    /// GPU devices are opened for writing.
    const WRITE: &[&str] = &["/dev"];
    /// Whether a driver of a GPU may be at work, which talks to its own services and starts helpers of its own.
    const DRIVERS: bool = cfg!(any(feature = "cuda", feature = "vulkan", feature = "rocm"));

    /// Where a kernel has the x32 calls, each call has a second number, to which a filter of the first is blind; the kernel
    /// tells the architecture of both as the same (`arch/x86/entry/syscalls/syscall_64.tbl`).
    #[cfg(target_arch = "x86_64")]
    const X32: i64 = 0x4000_0000;
    /// Calls that x32 has under numbers of its own, `execve` and `ptrace` among them.
    #[cfg(target_arch = "x86_64")]
    const X32_OWN: std::ops::RangeInclusive<i64> = 512..=547;

    pub(super) fn files(files: &[&Path], output: Option<&Path>) -> String {
        let landlock = |files: &[&Path]| -> Result<RulesetStatus, RulesetError> {
            let read = AccessFs::from_read(RULES);
            let files = files.iter().map(|file| file.canonicalize().unwrap_or_else(|_| file.to_path_buf()));
            let status = Ruleset::default()
                .set_compatibility(CompatLevel::BestEffort)
                .handle_access(AccessFs::from_all(RULES))?
                .handle_access(AccessNet::from_all(RULES))?
                .create()?
                .add_rules(path_beneath_rules(READ, read))?
                .add_rules(path_beneath_rules(WRITE, AccessFs::from_all(RULES)))?
                .add_rules(path_beneath_rules(files, read))?
                .add_rules(path_beneath_rules(output, AccessFs::from_file(RULES)))?
                .restrict_self()?;
            Ok(status.ruleset)
        };
        match landlock(files) {
            Ok(RulesetStatus::FullyEnforced) => {
                "Landlock: no TCP, no files but the model and the system's libraries".to_owned()
            }
            Ok(RulesetStatus::PartiallyEnforced) => "Landlock in part: this kernel cannot enforce all of it".to_owned(),
            Ok(RulesetStatus::NotEnforced) => format!("files {LACKING}: this kernel has no Landlock"),
            Err(error) => format!("files {LACKING}: {error}"),
        }
    }

    /// Takes away the calls to the system that running a model does not need and an intruder would.
    pub(super) fn calls() -> String {
        match filter().and_then(|program| Ok(seccompiler::apply_filter(&program)?)) {
            Ok(()) if DRIVERS => "seccomp: no network, no look into other processes".to_owned(),
            Ok(()) => "seccomp: no sockets, no other programs, no look into other processes".to_owned(),
            Err(error) => format!("calls {LACKING}: {error}"),
        }
    }

    fn filter() -> Result<BpfProgram, Box<dyn std::error::Error>> {
        let not_permitted = SeccompAction::Errno(u32::try_from(libc::EPERM)?);
        let machine = std::env::consts::ARCH.try_into()?;
        Ok(SeccompFilter::new(forbidden()?, SeccompAction::Allow, not_permitted, machine)?.try_into()?)
    }

    /// The calls that fail with "not permitted", by their numbers, and when; no condition is always.
    pub(super) fn forbidden() -> Result<BTreeMap<i64, Vec<SeccompRule>>, Box<dyn std::error::Error>> {
        // Ways out to other processes, to the kernel, and around this filter (io_uring makes calls of its own).
        const NEVER: &[libc::c_long] = &[
            libc::SYS_ptrace,
            libc::SYS_process_vm_readv,
            libc::SYS_process_vm_writev,
            libc::SYS_pidfd_getfd,
            libc::SYS_pidfd_send_signal,
            libc::SYS_io_uring_setup,
            libc::SYS_io_uring_enter,
            libc::SYS_io_uring_register,
            libc::SYS_bpf,
            libc::SYS_perf_event_open,
            libc::SYS_userfaultfd,
            libc::SYS_keyctl,
            libc::SYS_add_key,
            libc::SYS_request_key,
            libc::SYS_mount,
            libc::SYS_umount2,
            libc::SYS_pivot_root,
            libc::SYS_chroot,
            libc::SYS_unshare,
            libc::SYS_setns,
            libc::SYS_open_by_handle_at,
            libc::SYS_init_module,
            libc::SYS_finit_module,
            libc::SYS_delete_module,
            libc::SYS_kexec_load,
            libc::SYS_reboot,
            libc::SYS_swapon,
            libc::SYS_swapoff,
            libc::SYS_settimeofday,
            libc::SYS_clock_settime,
            libc::SYS_sethostname,
            libc::SYS_personality,
        ];
        // A driver of a GPU talks to services of the same machine and may start a helper.
        const BUT_FOR_DRIVERS: &[libc::c_long] = &[
            libc::SYS_socketpair,
            libc::SYS_connect,
            libc::SYS_bind,
            libc::SYS_listen,
            libc::SYS_accept,
            libc::SYS_accept4,
            libc::SYS_execve,
            libc::SYS_execveat,
            libc::SYS_kill,
        ];
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> = NEVER.iter().map(|&call| (call, Vec::new())).collect();
        let sockets = if DRIVERS {
            let local = u64::try_from(libc::AF_UNIX)?;
            let elsewhere = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, local)?;
            vec![SeccompRule::new(vec![elsewhere])?]
        } else {
            rules.extend(BUT_FOR_DRIVERS.iter().map(|&call| (call, Vec::new())));
            Vec::new()
        };
        rules.insert(libc::SYS_socket, sockets);
        #[cfg(target_arch = "x86_64")]
        {
            let again: Vec<_> = rules.iter().map(|(call, when)| (call | X32, when.clone())).collect();
            rules.extend(again);
            rules.extend(X32_OWN.map(|call| (call | X32, Vec::new())));
        }
        Ok(rules)
    }

    /// Limits the memory of its own, and leaves no image of it on disk where the process is ended.
    pub(super) fn memory(most: Option<u64>) -> String {
        let none = Some(0);
        // What is refused here is not limited, and that is said.
        let _ = setrlimit(Resource::Core, Rlimit { current: none, maximum: none });
        let Some(most) = most else { return format!("memory {LACKING}: a GPU's driver maps more than it uses") };
        let system = rustix::system::sysinfo();
        let there = system.totalram.saturating_mul(system.mem_unit.into());
        let given = getrlimit(Resource::Data).maximum.unwrap_or(u64::MAX);
        let most = most.min(there).min(given);
        match setrlimit(Resource::Data, Rlimit { current: Some(most), maximum: Some(most) }) {
            Ok(()) => format!("memory: at most {:.1} GiB of its own", most as f64 / f64::from(1 << 30)),
            Err(error) => format!("memory {LACKING}: {error}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(all(target_os = "linux", not(any(feature = "cuda", feature = "vulkan", feature = "rocm"))))]
    #[test]
    fn behind_the_fence_no_socket_opens_and_no_program_starts() {
        use std::io::ErrorKind::PermissionDenied;
        // The calls are taken from the thread that asks, and from what it starts.
        let thread = std::thread::spawn(|| {
            let said = linux::calls();
            assert!(said.starts_with("seccomp"), "{said}");
            let local = std::os::unix::net::UnixStream::pair();
            assert_eq!(std::net::UdpSocket::bind("127.0.0.1:0").unwrap_err().kind(), PermissionDenied);
            assert_eq!(std::net::TcpStream::connect("127.0.0.1:1").unwrap_err().kind(), PermissionDenied);
            assert_eq!(local.unwrap_err().kind(), PermissionDenied);
            assert_eq!(std::process::Command::new("/bin/true").spawn().unwrap_err().kind(), PermissionDenied);
        });
        thread.join().unwrap();
    }

    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    #[test]
    fn a_call_is_forbidden_under_its_x32_number_too() {
        let forbidden = linux::forbidden().unwrap();
        // `socket`, and `execve` and `ptrace` as x32 has them (`syscall_64.tbl` of the kernel).
        for call in [41, 520, 521] {
            assert!(forbidden.contains_key(&(0x4000_0000 | call)), "{call}");
        }
    }

    #[test]
    fn a_models_memory_is_bounded_by_its_size_and_what_a_header_claims_cannot_overflow() {
        // SmolLM2-135M: 98 MB of weights, 30 layers of 576, and at most 566 MB of cache.
        let small = memory_for(98_362_432, 30, 576, 8192);
        assert!((4 << 30..6 << 30).contains(&small), "{small}");
        assert_eq!(memory_for(u64::MAX, u64::MAX, u64::MAX, u32::MAX), u64::MAX);
    }
}
